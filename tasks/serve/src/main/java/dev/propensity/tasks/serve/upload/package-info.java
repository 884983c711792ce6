/**
 * Files of the page: received in bounds, scored in a stream.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.upload.Uploads}.
 */
@NullMarked
package dev.propensity.tasks.serve.upload;

import org.jspecify.annotations.NullMarked;
