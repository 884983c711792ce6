package dev.propensity.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.DatasetSpec.ReleaseRule;
import dev.propensity.model.evaluation.Evaluation.Check;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.model.evaluation.Evaluation.Metrics;
import dev.propensity.model.evaluation.Evaluation.Verdict;
import dev.propensity.model.metric.Confusion;
import dev.propensity.model.metric.Interval;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReleaseDecisionTest {
  /**
   * AUC from 0.8, 200 positives, mean score within 5% of the base rate, margins of 0.002 and 0.003.
   */
  private static final ReleaseRule RULE = new ReleaseRule(.8, 200, .05, .002, .003);

  private static final Interval SAME_LOG_LOSS = new Interval(0, -.001, .001);

  @Test
  void releasesAFirstModelThatPassesTheGates() {
    Verdict verdict = ReleaseDecision.alone(RULE, metrics(.85, 1200, .125, .0025, .001));
    assertThat(verdict.decision()).isEqualTo(Decision.RELEASE);
    assertThat(verdict.reasons())
        .containsExactly(
            "the AUC of 0.8500 reaches the minimum of 0.8",
            "the test split has 1,200 positive rows, at least the minimum of 200",
            "the mean score of 0.1275 is 2.0% above the base rate of 0.1250, within the tolerance"
                + " of 5%",
            "the calibration slope of 1.000 (95% interval 0.950 to 1.050) is within 0.8 to 1.25",
            "there is no champion yet");
  }

  @Test
  void keepsAModelBelowTheMinimumAuc() {
    assertThat(ReleaseDecision.alone(RULE, metrics(.8, 1200, .125, 0, .001)).decision())
        .isEqualTo(Decision.RELEASE);
    Verdict verdict = ReleaseDecision.alone(RULE, metrics(.7999, 1200, .125, 0, .001));
    assertThat(verdict.decision()).isEqualTo(Decision.CHALLENGER);
    assertThat(verdict.reasons()).containsExactly("the AUC of 0.7999 is below the minimum of 0.8");
    assertThat(verdict.checks())
        .extracting(Check::passed)
        .containsExactly(false, true, true, true, true);
  }

  @Test
  void keepsAModelThatTooFewPositivesSpeakFor() {
    assertThat(ReleaseDecision.alone(RULE, metrics(.85, 200, .125, 0, .001)).decision())
        .isEqualTo(Decision.RELEASE);
    assertThat(ReleaseDecision.alone(RULE, metrics(.85, 199, .125, 0, .001)).reasons())
        .containsExactly("the test split has 199 positive rows, fewer than the minimum of 200");
  }

  @Test
  void keepsAModelWhoseScoresAreSurelyOff() {
    // The tolerance is 5% of 0.125, 0.00625; the interval is ±0.001.
    assertThat(ReleaseDecision.alone(RULE, metrics(.85, 1200, .125, .0075, .001)).reasons())
        .containsExactly(
            "the mean score of 0.1325 is 6.0% above the base rate of 0.1250, significantly (95% interval)"
                + " outside the tolerance of 5%");
    assertThat(ReleaseDecision.alone(RULE, metrics(.85, 1200, .125, -.0075, .001)).reasons())
        .containsExactly(
            "the mean score of 0.1175 is 6.0% below the base rate of 0.1250, significantly (95% interval)"
                + " outside the tolerance of 5%");
  }

  @Test
  void allowsForSamplingErrorOfTheMeanScore() {
    Verdict above = ReleaseDecision.alone(RULE, metrics(.85, 1200, .125, .0075, .0013));
    assertThat(above.decision()).isEqualTo(Decision.RELEASE);
    assertThat(above.reasons())
        .contains(
            "the mean score of 0.1325 is 6.0% above the base rate of 0.1250, outside, but not"
                + " significantly, the tolerance of 5%");
    assertThat(ReleaseDecision.alone(RULE, metrics(.85, 1200, .125, -.0075, .0013)).decision())
        .isEqualTo(Decision.RELEASE);
  }

  @Test
  void keepsAModelWhoseScoresAreSurelyTooNearTheBaseRateOrTooFar() {
    assertThat(ReleaseDecision.alone(RULE, calibrated(6.7, .3)).reasons())
        .containsExactly(
            "the calibration slope of 6.700 (95% interval 6.400 to 7.000) is significantly outside"
                + " 0.8 to 1.25");
    assertThat(ReleaseDecision.alone(RULE, calibrated(.7, .05)).decision())
        .isEqualTo(Decision.CHALLENGER);
    assertThat(ReleaseDecision.alone(RULE, calibrated(1.3, .1)).reasons())
        .contains(
            "the calibration slope of 1.300 (95% interval 1.200 to 1.400) is outside, but not"
                + " significantly, 0.8 to 1.25");
    assertThat(ReleaseDecision.alone(RULE, calibrated(.72, .1)).decision())
        .isEqualTo(Decision.RELEASE);
  }

  @Test
  void releasesAModelThatIsNotWorseThanTheChampion() {
    Verdict verdict =
        ReleaseDecision.against(
            RULE,
            metrics(.85, 1200, .125, 0, .001),
            new Interval(.0004, -.0012, .002),
            new Interval(-.0002, -.0008, .0004));
    assertThat(verdict.decision()).isEqualTo(Decision.RELEASE);
    assertThat(verdict.reasons())
        .endsWith(
            "the AUC is 0.00040 above the champion's; the lower bound of the gain's 95% interval,"
                + " -0.00120, is within the margin of -0.002",
            "the log loss is 0.00020 below the champion's; the lower bound of the gain's 95%"
                + " interval, -0.00040, is within the margin of -0.003");
  }

  @Test
  void releasesAnEqualModelThatWasTrainedAgain() {
    Metrics good = metrics(.85, 1200, .125, 0, .001);
    Interval slightlyLower = new Interval(-.0001, -.0011, .0009);
    assertThat(ReleaseDecision.against(RULE, good, slightlyLower, SAME_LOG_LOSS).decision())
        .isEqualTo(Decision.RELEASE);
    Interval same = new Interval(0, 0, 0);
    ReleaseRule strict = new ReleaseRule(.8, 200, .05, 0, 0);
    Verdict verdict = ReleaseDecision.against(strict, good, same, same);
    assertThat(verdict.decision()).isEqualTo(Decision.RELEASE);
    assertThat(verdict.reasons()).anyMatch(text -> text.contains("the AUC equals the champion's;"));
    Interval almost = new Interval(-1e-9, -2e-9, 0);
    assertThat(ReleaseDecision.against(RULE, good, almost, almost).reasons())
        .endsWith(
            "the AUC equals the champion's; the lower bound of the gain's 95% interval, +0.00000,"
                + " is within the margin of -0.002",
            "the log loss equals the champion's; the lower bound of the gain's 95% interval,"
                + " +0.00000, is within the margin of -0.003");
  }

  @Test
  void keepsAModelThatMayBeFarBelowTheChampion() {
    Metrics good = metrics(.85, 1200, .125, 0, .001);
    Interval wide = new Interval(.001, -.0021, .004);
    assertThat(ReleaseDecision.against(RULE, good, wide, SAME_LOG_LOSS).reasons())
        .containsExactly(
            "the AUC is 0.00100 above the champion's; the lower bound of the gain's 95% interval,"
                + " -0.00210, is below the margin of -0.002");
  }

  @Test
  void keepsAModelWhoseProbabilitiesAreWorse() {
    Metrics good = metrics(.85, 1200, .125, 0, .001);
    Interval better = new Interval(.01, .008, .012);
    Interval worse = new Interval(.002, .0009, .0031);
    assertThat(ReleaseDecision.against(RULE, good, better, worse).reasons())
        .containsExactly(
            "the log loss is 0.00200 above the champion's; the lower bound of the gain's 95%"
                + " interval, -0.00310, is below the margin of -0.003");
  }

  @Test
  void neverReleasesBesideAChampionOfAnotherSplit() {
    Verdict verdict = ReleaseDecision.besideOtherSplit(RULE, metrics(.85, 1200, .125, 0, .001));
    assertThat(verdict.decision()).isEqualTo(Decision.CHALLENGER);
    assertThat(verdict.reasons())
        .containsExactly(
            "the champion was trained on another split, perhaps on these test rows, so the two"
                + " cannot be compared; a user can promote this model");
  }

  @Property(tries = 500)
  void releasesExactlyWhereEveryCheckPasses(
      @ForAll @DoubleRange(min = .7, max = .9) double auc,
      @ForAll @IntRange(min = 100, max = 300) int positives,
      @ForAll @DoubleRange(min = -.02, max = .02) double bias,
      @ForAll @DoubleRange(min = -.01, max = .01) double difference,
      @ForAll @DoubleRange(min = -.01, max = .01) double loss,
      @ForAll @DoubleRange(min = 0, max = .01) double half) {
    Verdict verdict =
        ReleaseDecision.against(
            RULE,
            metrics(auc, positives, .125, bias, half),
            new Interval(difference, difference - half, difference + half),
            new Interval(loss, loss - half, loss + half));
    boolean good =
        auc >= .8
            && positives >= 200
            && bias - half <= .05 * .125
            && bias + half >= -.05 * .125
            && difference - half >= -.002
            && loss + half <= .003;
    assertThat(verdict.decision() == Decision.RELEASE).isEqualTo(good);
    assertThat(verdict.reasons()).isNotEmpty();
  }

  @Property(tries = 200)
  void aBetterModelIsNeverJudgedWorse(
      @ForAll @DoubleRange(min = .7, max = .9) double auc,
      @ForAll @DoubleRange(min = 0, max = .1) double more) {
    Decision one = ReleaseDecision.alone(RULE, metrics(auc, 300, .125, 0, .001)).decision();
    Decision other =
        ReleaseDecision.alone(RULE, metrics(auc + more, 300, .125, 0, .001)).decision();
    assertThat(one == Decision.RELEASE && other == Decision.CHALLENGER).isFalse();
  }

  private static Metrics calibrated(double slope, double half) {
    Metrics metrics = metrics(.85, 1200, .125, 0, .001);
    metrics.scalars().put("calibration_slope", slope);
    metrics.scalars().put("calibration_slope_low", slope - half);
    metrics.scalars().put("calibration_slope_high", slope + half);
    return metrics;
  }

  private static Metrics metrics(
      double auc, int positives, double baseRate, double bias, double half) {
    SortedMap<String, Double> scalars = new TreeMap<>();
    scalars.put("auc", auc);
    scalars.put("base_rate", baseRate);
    scalars.put("calibration_bias", bias);
    scalars.put("calibration_bias_low", bias - half);
    scalars.put("calibration_bias_high", bias + half);
    scalars.put("calibration_slope", 1.0);
    scalars.put("calibration_slope_low", .95);
    scalars.put("calibration_slope_high", 1.05);
    Confusion confusion = new Confusion(positives / 2, 0, positives - positives / 2, 5000);
    return new Metrics(scalars, confusion, new TreeMap<>(), null);
  }

  @Test
  void aLeakPreventsARelease() {
    Verdict good = ReleaseDecision.alone(RULE, metrics(.85, 1200, .125, 0, .001));
    assertThat(ReleaseDecision.withLeaks(good, List.of())).isEqualTo(good);
    Verdict leaking =
        ReleaseDecision.withLeaks(good, List.of("signed: the column tells the label"));
    assertThat(leaking.decision()).isEqualTo(Decision.CHALLENGER);
    assertThat(leaking.reasons()).containsExactly("signed: the column tells the label");
  }
}
