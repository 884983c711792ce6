/**
 * The task {@code ask}: sends rows to an endpoint and brings their scores.
 *
 * <p>Start with {@link dev.propensity.tasks.invoke.InvokeTask}.
 */
package dev.propensity.tasks.invoke;
