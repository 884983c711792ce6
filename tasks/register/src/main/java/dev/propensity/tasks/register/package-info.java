/**
 * The task {@code register}: records a model version, and releases it if its evaluation passed.
 *
 * <p>Start with {@link dev.propensity.tasks.register.RegisterTask}.
 */
package dev.propensity.tasks.register;
