/**
 * Files of the page: received in bounds, scored in a stream.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.upload.Uploads}.
 */
package dev.propensity.tasks.serve.upload;
