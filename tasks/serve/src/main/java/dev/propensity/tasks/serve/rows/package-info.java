/**
 * {@code /invocations}: rows of a request in CSV or JSON, and their scores.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.rows.Invocations}.
 */
@NullMarked
package dev.propensity.tasks.serve.rows;

import org.jspecify.annotations.NullMarked;
