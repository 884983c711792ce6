/**
 * Objects and buckets of Amazon S3 and of servers that have its protocol.
 *
 * <p>Start with {@link dev.propensity.storage.s3.S3ObjectStore}.
 */
@NullMarked
package dev.propensity.storage.s3;

import org.jspecify.annotations.NullMarked;
