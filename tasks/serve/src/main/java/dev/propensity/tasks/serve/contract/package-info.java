/**
 * The server's OpenAPI description, filled with the columns of the model that is served.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.contract.Contract}.
 */
@NullMarked
package dev.propensity.tasks.serve.contract;

import org.jspecify.annotations.NullMarked;
