/**
 * The task {@code ask}: sends rows to an endpoint and brings their scores.
 *
 * <p>Start with {@link dev.propensity.tasks.ask.AskTask}.
 */
package dev.propensity.tasks.ask;
