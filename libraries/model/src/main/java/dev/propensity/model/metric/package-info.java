/**
 * Metrics of scored rows, as pure functions: each class gives its formula and source.
 *
 * <p>Start with {@link dev.propensity.model.metric.ScoredRows}, of which all are computed; {@link
 * dev.propensity.model.metric.Ranking} is the rows by falling score. Depends on no other package of
 * this module.
 */
@NullMarked
package dev.propensity.model.metric;

import org.jspecify.annotations.NullMarked;
