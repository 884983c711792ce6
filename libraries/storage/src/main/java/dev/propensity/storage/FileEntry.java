package dev.propensity.storage;

import dev.propensity.foundation.Digest;

/**
 * One file of an artifact.
 *
 * @param bytes its length
 * @param sha256 the digest of its bytes
 */
public record FileEntry(long bytes, Digest sha256) {}
