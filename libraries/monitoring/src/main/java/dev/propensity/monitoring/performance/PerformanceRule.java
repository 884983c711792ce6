package dev.propensity.monitoring.performance;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.metric.Interval;
import dev.propensity.model.metric.Significance;
import dev.propensity.monitoring.drift.Levels;
import dev.propensity.monitoring.profile.TimeWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a model performs worse than on its test split, on rows that represent all customers. Each
 * of up to three tests has the level of a window of this length, by which there is one false alarm
 * in {@code false_alarm_days}, divided by their number, and needs an effect as well:
 *
 * <ul>
 *   <li>the AUC is at least 0.02 below that of the test split: z-test of two independent samples
 *   <li>the mean score differs from the positive rate by more than release.calibration_tolerance,
 *       as a share of the rate: z-test
 *   <li>the calibration slope is outside 0.8 to 1.25: z-test against the nearer bound
 * </ul>
 */
final class PerformanceRule {
  private static final double SMALLEST_LOSS = 0.02;
  private static final double LOWEST_SLOPE = 0.8;
  private static final double HIGHEST_SLOPE = 1.25;

  private final double level;
  private final double tolerance;
  private final @Nullable Interval testAuc;

  PerformanceRule(DatasetSpec spec, TimeWindow window, @Nullable Interval testAuc) {
    this.level = Levels.perWindow(spec.monitor(), Duration.between(window.from(), window.to()));
    this.tolerance = spec.release().calibrationTolerance();
    this.testAuc = testAuc;
  }

  /** Why the model is worse; nothing if it is not. */
  List<String> reasons(Quality live) {
    List<String> reasons = new ArrayList<>();
    int tests = 1 + (testAuc == null ? 0 : 1) + (live.slope() == null ? 0 : 1);
    double perTest = level / tests;
    if (testAuc != null && live.auc() != null) {
      addAuc(reasons, live.auc(), testAuc, perTest);
    }
    if (live.bias() != null && live.rate() != null) {
      addBias(reasons, live.bias(), live.rate().value(), perTest);
    }
    if (live.slope() != null) {
      addSlope(reasons, live.slope(), perTest);
    }
    return reasons;
  }

  private static void addAuc(List<String> reasons, Interval live, Interval test, double level) {
    double loss = test.value() - live.value();
    double error = StrictMath.hypot(live.standardError(), test.standardError());
    if (loss >= SMALLEST_LOSS && isSignificant(loss, error, level, 2)) {
      reasons.add(
          text(
              "the AUC is %.4f (95%%: %.4f to %.4f), %.4f below that of the test split",
              live.value(), live.low(), live.high(), loss));
    }
  }

  private void addBias(List<String> reasons, Interval bias, double rate, double level) {
    if (Math.abs(bias.value()) > tolerance * rate
        && isSignificant(bias.value(), bias.standardError(), level, 1)) {
      reasons.add(
          text(
              "scores are too %s: their mean is %.4f, and the share of positives %.4f",
              bias.value() > 0 ? "high" : "low", rate + bias.value(), rate));
    }
  }

  private static void addSlope(List<String> reasons, Interval slope, double level) {
    double beyond = Math.max(LOWEST_SLOPE - slope.value(), slope.value() - HIGHEST_SLOPE);
    if (beyond > 0 && isSignificant(beyond, slope.standardError(), level, 2)) {
      reasons.add(
          text(
              "the calibration slope is %.2f (95%%: %.2f to %.2f): scores are too %s the positive"
                  + " rate",
              slope.value(),
              slope.low(),
              slope.high(),
              slope.value() < 1 ? "far from" : "near to"));
    }
  }

  /**
   * @param sides by which the two-sided p-value is divided: 2 for a test of one side
   */
  private static boolean isSignificant(double effect, double error, double level, int sides) {
    return error == 0 ? effect != 0 : Significance.pValue(effect / error) / sides <= level;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
