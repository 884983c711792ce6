package dev.propensity.storage;

import dev.propensity.foundation.Digest;

/**
 * An artifact that a computation reads.
 *
 * @param uri its location
 * @param digest the digest of its manifest's bytes, which covers all of its files
 */
public record Input(S3Location uri, Digest digest) {}
