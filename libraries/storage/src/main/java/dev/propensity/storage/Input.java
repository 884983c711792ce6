package dev.propensity.storage;

import dev.propensity.foundation.Digest;

/**
 * An artifact that a computation reads.
 *
 * @param uri where it stands
 * @param digest the digest of its manifest's bytes, which vouches for every file of it
 */
public record Input(S3Location uri, Digest digest) {}
