/**
 * Artifacts: keys, manifests, and their store. With its package {@code s3} the only access to S3's
 * data.
 *
 * <p>Start with {@link dev.propensity.storage.ArtifactStore}; {@link
 * dev.propensity.storage.Computation} is what an artifact's key follows from. {@link
 * dev.propensity.storage.ObjectStore} is what a store needs of S3.
 */
@NullMarked
package dev.propensity.storage;

import org.jspecify.annotations.NullMarked;
