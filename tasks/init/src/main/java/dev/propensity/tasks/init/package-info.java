/**
 * The task {@code init}: drafts the specification of a table.
 *
 * <p>Start with {@link dev.propensity.tasks.init.InitTask}.
 */
@NullMarked
package dev.propensity.tasks.init;

import org.jspecify.annotations.NullMarked;
