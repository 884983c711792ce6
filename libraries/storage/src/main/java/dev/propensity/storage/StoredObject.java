package dev.propensity.storage;

import java.time.Instant;

/**
 * An object in a listing.
 *
 * @param bytes its length
 * @param modified when it was written
 */
public record StoredObject(S3Location location, long bytes, Instant modified) {}
