/**
 * The server of a model: an application of its own.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.EndpointServer}, which lists the routes. Requests
 * are scored in {@code rows}, files in {@code upload}; the web page is in {@code page}, the model
 * that is served in {@code model}.
 */
@NullMarked
package dev.propensity.tasks.serve;

import org.jspecify.annotations.NullMarked;
