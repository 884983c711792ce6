/**
 * The task {@code invoke}: sends rows to an endpoint and writes their scores.
 *
 * <p>Start with {@link dev.propensity.tasks.invoke.InvokeTask}.
 */
package dev.propensity.tasks.invoke;
