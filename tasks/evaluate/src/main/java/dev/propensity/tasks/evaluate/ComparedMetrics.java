package dev.propensity.tasks.evaluate;

import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.WithoutCopies;
import dev.propensity.model.metric.Interval;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The candidate's metrics on some rows, and the champion's on the same rows where there is one.
 *
 * @param difference the candidate's AUC − the champion's
 * @param logLossDifference the same of the log loss
 */
record ComparedMetrics(
    SortedMap<String, Double> candidate,
    @Nullable SortedMap<String, Double> champion,
    @Nullable Interval difference,
    @Nullable Interval logLossDifference) {

  /** On all test rows. */
  static ComparedMetrics of(Evaluation evaluation) {
    return new ComparedMetrics(
        evaluation.candidate().scalars(),
        evaluation.champion() == null ? null : evaluation.champion().scalars(),
        evaluation.difference(),
        evaluation.logLossDifference());
  }

  /** On the test rows that are not copies; null where they are too few. */
  static @Nullable ComparedMetrics of(WithoutCopies others) {
    return others.candidate() == null
        ? null
        : new ComparedMetrics(
            others.candidate(), others.champion(), others.difference(), others.logLossDifference());
  }
}
