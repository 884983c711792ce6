/**
 * Captures scored rows for monitoring. A request encodes its rows while it has their cells, and
 * offers them to a bounded queue after it was answered; one thread writes them to segments in a
 * spool folder, another one uploads these. Nothing that a request does can wait for a disk or for
 * S3: what does not fit is dropped and counted.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.capture.Capture}. Depends on {@code model} and
 * {@code http}.
 */
@NullMarked
package dev.propensity.tasks.serve.capture;

import org.jspecify.annotations.NullMarked;
