/**
 * The task {@code history}: prints a dataset's releases.
 *
 * <p>Start with {@link dev.propensity.tasks.history.HistoryTask}.
 */
@NullMarked
package dev.propensity.tasks.history;

import org.jspecify.annotations.NullMarked;
