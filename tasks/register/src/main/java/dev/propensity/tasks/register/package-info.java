/**
 * The task {@code register}: records a model version, and releases it if its evaluation passed.
 *
 * <p>Start with {@link dev.propensity.tasks.register.RegisterTask}.
 */
@NullMarked
package dev.propensity.tasks.register;

import org.jspecify.annotations.NullMarked;
