/**
 * The task {@code collect}: counts the rows that endpoints captured in a window.
 *
 * <p>Start with {@link dev.propensity.tasks.collect.CollectTask}.
 */
@NullMarked
package dev.propensity.tasks.collect;

import org.jspecify.annotations.NullMarked;
