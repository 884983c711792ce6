/**
 * The task {@code history}: prints a dataset's releases.
 *
 * <p>Start with {@link dev.propensity.tasks.history.HistoryTask}.
 */
package dev.propensity.tasks.history;
