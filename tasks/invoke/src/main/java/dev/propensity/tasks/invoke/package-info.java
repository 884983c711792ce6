/**
 * The task {@code invoke}: sends rows to an endpoint and writes their scores.
 *
 * <p>Start with {@link dev.propensity.tasks.invoke.InvokeTask}.
 */
@NullMarked
package dev.propensity.tasks.invoke;

import org.jspecify.annotations.NullMarked;
