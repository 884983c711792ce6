/**
 * What a table holds, column by column: {@code report.json} and {@code report.html}.
 *
 * <p>Start with {@link dev.propensity.dataset.profile.DataReport}. Depends on {@code rows} and what
 * is below it.
 */
@NullMarked
package dev.propensity.dataset.profile;

import org.jspecify.annotations.NullMarked;
