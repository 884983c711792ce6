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
 * <p>By itself it must reach the minimum AUC, there must be enough positive test rows, and its mean
 * score must be near the base rate: nearer than the tolerance, or not surely farther (the 95 %
 * interval of their difference reaches into the tolerance). Against the champion on the same rows
 * its AUC must not be lower, and the lower 95 % bound of the difference must be above −margin.
 */
public final class ReleaseDecision {
  private ReleaseDecision() {}

  /** Decides on a model where there is no champion. */
  public static Verdict alone(ReleaseRule rule, Metrics candidate) {
    List<Check> checks = gates(rule, candidate);
    checks.add(new Check(true, "there is no champion yet"));
    return verdict(checks);
  }

  /** Decides on a model where the champion has another split: it can only be a challenger. */
  public static Verdict besideOtherSplit(ReleaseRule rule, Metrics candidate) {
    List<Check> checks = gates(rule, candidate);
    checks.add(
        new Check(
            false,
            "the champion was trained on another split, perhaps on these test rows, so the two"
                + " cannot be compared; a user can promote this model"));
    return verdict(checks);
  }

  /**
   * Decides on a model against the champion.
   *
   * @param difference the candidate's AUC − the champion's on the same rows
   */
  public static Verdict against(ReleaseRule rule, Metrics candidate, Interval difference) {
    List<Check> checks = gates(rule, candidate);
    boolean notLower = difference.value() >= 0;
    checks.add(
        new Check(
            notLower,
            format(
                "the AUC is %.5f %s the champion's",
                Math.abs(difference.value()), notLower ? "above" : "below")));
    boolean sure = difference.low() > -rule.margin();
    checks.add(
        new Check(
            sure,
            format(
                "the lower 95 %% bound of the difference, %+.5f, is %s the margin of -%s",
                difference.low(), sure ? "above" : "not above", number(rule.margin()))));
    return verdict(checks);
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
            "the mean score of %.4f is %.1f %% %s the base rate of %.4f, %s the tolerance of %s %%",
            baseRate + bias,
            100 * Math.abs(bias) / baseRate,
            bias >= 0 ? "above" : "below",
            baseRate,
            Math.abs(bias) <= tolerance
                ? "within"
                : calibrated ? "by chance perhaps beyond" : "surely (95 %) beyond",
            number(100 * rule.calibrationTolerance())));
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
