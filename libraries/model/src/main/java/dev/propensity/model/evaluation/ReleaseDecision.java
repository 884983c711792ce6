package dev.propensity.model.evaluation;

import dev.propensity.dataset.specification.DatasetSpec.ReleaseRule;
import dev.propensity.model.evaluation.Evaluation.Check;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.model.evaluation.Evaluation.Metrics;
import dev.propensity.model.evaluation.Evaluation.Verdict;
import dev.propensity.model.metric.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a model may be released.
 *
 * <p>By itself it must reach the minimum AUC, there must be enough positive test rows, and its
 * scores must be probabilities: the difference of their mean to the base rate within the tolerance,
 * and the calibration slope within 0.8 to 1.25. Either may be outside, but not significantly: its
 * 95% interval overlaps the range. Against the champion on the same rows it must be non-inferior:
 * the lower bounds of the 95% intervals of its gains in AUC and in log loss are at least −{@code
 * margin} and −{@code log_loss_margin}. So an equal model that was trained again is released. The
 * task {@code register} applies the verdict, by its class {@code RegistrationDecision}.
 */
public final class ReleaseDecision {
  private static final double LOWEST_SLOPE = 0.8;
  private static final double HIGHEST_SLOPE = 1.25; // 1 / 0.8

  private static final String NO_CHAMPION = "there is no champion yet";
  private static final String OTHER_SPLIT =
      "the champion was trained on another split, perhaps on these test rows, so the two cannot be"
          + " compared; a user can promote this model";

  private ReleaseDecision() {}

  /** Decides on a model where there is no champion. */
  public static Verdict alone(ReleaseRule rule, Metrics candidate) {
    List<Check> checks = gates(rule, candidate);
    checks.add(new Check(true, NO_CHAMPION));
    return verdict(checks);
  }

  /** Decides on a model where the champion has another split: it can only be a challenger. */
  public static Verdict besideOtherSplit(ReleaseRule rule, Metrics candidate) {
    List<Check> checks = gates(rule, candidate);
    checks.add(new Check(false, OTHER_SPLIT));
    return verdict(checks);
  }

  /**
   * Decides on a model against the champion.
   *
   * @param auc the candidate's AUC − the champion's on the same rows
   * @param logLoss the candidate's log loss − the champion's on the same rows
   */
  public static Verdict against(
      ReleaseRule rule, Metrics candidate, Interval auc, Interval logLoss) {
    List<Check> checks = gates(rule, candidate);
    checks.add(nonInferior("AUC", auc.value(), auc.low(), rule.margin()));
    checks.add(nonInferior("log loss", logLoss.value(), -logLoss.high(), rule.logLossMargin()));
    return verdict(checks);
  }

  /**
   * A verdict on the test rows without copies; its texts say so.
   *
   * @param copies how many were left out
   */
  static Verdict withoutCopies(Verdict verdict, int copies) {
    return verdict(
        verdict.checks().stream()
            .map(check -> new Check(check.passed(), withoutCopies(check.text(), copies)))
            .toList());
  }

  private static String withoutCopies(String text, int copies) {
    return text.equals(NO_CHAMPION) || text.equals(OTHER_SPLIT)
        ? text
        : format("without the %,d copies, ", copies) + text;
  }

  /** No release: without copies there are too few test rows to judge the model on. */
  static Verdict tooFewWithoutCopies(int copies, int rows, int positives) {
    return verdict(
        List.of(
            new Check(
                false,
                format(
                    "%,d of %,d test rows are copies of rows outside the test split; of the others"
                        + " %,d are positive and %,d negative, too few to judge the model on:"
                        + " remove the duplicates from the table",
                    copies, copies + rows, positives, rows - positives))));
  }

  /** The same verdict, but no release where a column alone reveals the label. */
  static Verdict withLeaks(Verdict verdict, List<String> leaks) {
    List<Check> checks = new ArrayList<>(verdict.checks());
    leaks.forEach(leak -> checks.add(new Check(false, leak)));
    return verdict(checks);
  }

  /**
   * @param lowerBound of the gain's 95% interval
   */
  private static Check nonInferior(
      String metric, double difference, double lowerBound, double margin) {
    boolean passed = lowerBound >= -margin;
    return new Check(
        passed,
        format(
            "the %s %s the champion's; the lower bound of the gain's 95%% interval, %+.5f, is %s"
                + " the margin of -%s",
            metric,
            shown(difference) == 0
                ? "equals"
                : format("is %.5f %s", Math.abs(difference), difference > 0 ? "above" : "below"),
            shown(lowerBound),
            passed ? "within" : "below",
            number(margin)));
  }

  /** Rounded to five decimals, without a sign at 0. */
  private static double shown(double value) {
    return Math.rint(value * 1e5) / 1e5 + 0.0;
  }

  private static List<Check> gates(ReleaseRule rule, Metrics candidate) {
    double auc = candidate.scalar("auc");
    boolean enough = auc >= rule.minimumAuc();
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            enough,
            format(
                "the AUC of %.4f %s the minimum of %s",
                auc, enough ? "reaches" : "is below", number(rule.minimumAuc()))));
    int positives = candidate.confusion().truePositives() + candidate.confusion().falseNegatives();
    boolean many = positives >= rule.minimumPositives();
    checks.add(
        new Check(
            many,
            format(
                "the test split has %,d positive rows, %s the minimum of %,d",
                positives, many ? "at least" : "fewer than", rule.minimumPositives())));
    checks.add(calibration(rule, candidate));
    checks.add(slope(candidate));
    return checks;
  }

  private static Check calibration(ReleaseRule rule, Metrics candidate) {
    double bias = candidate.scalar("calibration_bias");
    double baseRate = candidate.scalar("base_rate");
    double tolerance = rule.calibrationTolerance() * baseRate;
    boolean calibrated =
        candidate.scalar("calibration_bias_low") <= tolerance
            && candidate.scalar("calibration_bias_high") >= -tolerance;
    return new Check(
        calibrated,
        format(
            "the mean score of %.4f is %.1f%% %s the base rate of %.4f, %s the tolerance of %s%%",
            baseRate + bias,
            100 * Math.abs(bias) / baseRate,
            bias >= 0 ? "above" : "below",
            baseRate,
            Math.abs(bias) <= tolerance
                ? "within"
                : calibrated
                    ? "outside, but not significantly,"
                    : "significantly (95% interval) outside",
            number(100 * rule.calibrationTolerance())));
  }

  private static Check slope(Metrics candidate) {
    double slope = candidate.scalar("calibration_slope");
    double low = candidate.scalar("calibration_slope_low");
    double high = candidate.scalar("calibration_slope_high");
    boolean calibrated = low <= HIGHEST_SLOPE && high >= LOWEST_SLOPE;
    boolean within = slope >= LOWEST_SLOPE && slope <= HIGHEST_SLOPE;
    return new Check(
        calibrated,
        format(
            "the calibration slope of %.3f (95%% interval %.3f to %.3f) is %s %s to %s",
            slope,
            low,
            high,
            within
                ? "within"
                : calibrated ? "outside, but not significantly," : "significantly outside",
            number(LOWEST_SLOPE),
            number(HIGHEST_SLOPE)));
  }

  private static Verdict verdict(List<Check> checks) {
    boolean passed = checks.stream().allMatch(Check::passed);
    return new Verdict(passed ? Decision.RELEASE : Decision.CHALLENGER, checks);
  }

  private static String number(double value) {
    return java.math.BigDecimal.valueOf(value)
        .round(new java.math.MathContext(6))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
