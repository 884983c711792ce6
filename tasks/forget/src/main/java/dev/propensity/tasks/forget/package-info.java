/**
 * The task {@code forget}: removes the captured rows of some customers.
 *
 * <p>Start with {@link dev.propensity.tasks.forget.ForgetTask}.
 */
@NullMarked
package dev.propensity.tasks.forget;

import org.jspecify.annotations.NullMarked;
