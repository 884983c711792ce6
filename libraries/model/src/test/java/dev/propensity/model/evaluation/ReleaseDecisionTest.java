package dev.propensity.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.DatasetSpec.ReleaseRule;
import dev.propensity.model.evaluation.Evaluation.Check;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.model.evaluation.Evaluation.Metrics;
import dev.propensity.model.evaluation.Evaluation.Verdict;
import dev.propensity.model.metric.Confusion;
import dev.propensity.model.metric.Interval;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReleaseDecisionTest {
  /** AUC from 0.8, 200 positives, mean score within 5 % of the base rate, margin 0.002. */
  private static final ReleaseRule RULE = new ReleaseRule(.8, 200, .05, .002);

  @Test
  void releasesAFirstModelThatPassesTheGates() {
    Verdict verdict = ReleaseDecision.alone(RULE, metrics(.85, 1200, .125, .0025, .001));
    assertThat(verdict.decision()).isEqualTo(Decision.RELEASE);
    assertThat(verdict.reasons())
        .containsExactly(
            "the AUC of 0.8500 reaches the minimum of 0.8",
            "the test split has 1,200 positive rows, at least the minimum of 200",
            "the mean score of 0.1275 is 2.0 % above the base rate of 0.1250, within the tolerance"
                + " of 5 %",
            "there is no champion yet");
  }

  @Test
  void keepsAModelBelowTheMinimumAuc() {
    assertThat(ReleaseDecision.alone(RULE, metrics(.8, 1200, .125, 0, .001)).decision())
        .isEqualTo(Decision.RELEASE);
    Verdict verdict = ReleaseDecision.alone(RULE, metrics(.7999, 1200, .125, 0, .001));
    assertThat(verdict.decision()).isEqualTo(Decision.CHALLENGER);
    assertThat(verdict.reasons()).containsExactly("the AUC of 0.7999 is below the minimum of 0.8");
    assertThat(verdict.checks()).extracting(Check::passed).containsExactly(false, true, true, true);
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
    // The tolerance is 5 % of 0.125, 0.00625; the interval is ±0.001.
    assertThat(ReleaseDecision.alone(RULE, metrics(.85, 1200, .125, .0075, .001)).reasons())
        .containsExactly(
            "the mean score of 0.1325 is 6.0 % above the base rate of 0.1250, surely (95 %) beyond"
                + " the tolerance of 5 %");
    assertThat(ReleaseDecision.alone(RULE, metrics(.85, 1200, .125, -.0075, .001)).reasons())
        .containsExactly(
            "the mean score of 0.1175 is 6.0 % below the base rate of 0.1250, surely (95 %) beyond"
                + " the tolerance of 5 %");
  }

  @Test
  void allowsForSamplingErrorOfTheMeanScore() {
    Verdict above = ReleaseDecision.alone(RULE, metrics(.85, 1200, .125, .0075, .0013));
    assertThat(above.decision()).isEqualTo(Decision.RELEASE);
    assertThat(above.reasons())
        .contains(
            "the mean score of 0.1325 is 6.0 % above the base rate of 0.1250, by chance perhaps"
                + " beyond the tolerance of 5 %");
    assertThat(ReleaseDecision.alone(RULE, metrics(.85, 1200, .125, -.0075, .0013)).decision())
        .isEqualTo(Decision.RELEASE);
  }

  @Test
  void releasesAModelThatIsNotWorseThanTheChampion() {
    Verdict verdict =
        ReleaseDecision.against(
            RULE, metrics(.85, 1200, .125, 0, .001), new Interval(.0004, -.0012, .002));
    assertThat(verdict.decision()).isEqualTo(Decision.RELEASE);
    assertThat(verdict.reasons())
        .endsWith(
            "the AUC is 0.00040 above the champion's",
            "the lower 95 % bound of the difference, -0.00120, is above the margin of -0.002");
  }

  @Test
  void keepsAModelBelowTheChampion() {
    Metrics good = metrics(.85, 1200, .125, 0, .001);
    Verdict verdict = ReleaseDecision.against(RULE, good, new Interval(-.0001, -.0011, .0009));
    assertThat(verdict.decision()).isEqualTo(Decision.CHALLENGER);
    assertThat(verdict.reasons()).containsExactly("the AUC is 0.00010 below the champion's");
    assertThat(ReleaseDecision.against(RULE, good, new Interval(0, 0, 0)).decision())
        .isEqualTo(Decision.RELEASE);
  }

  @Test
  void keepsAModelThatMayBeFarBelowTheChampion() {
    Metrics good = metrics(.85, 1200, .125, 0, .001);
    Verdict verdict = ReleaseDecision.against(RULE, good, new Interval(.001, -.002, .004));
    assertThat(verdict.reasons())
        .containsExactly(
            "the lower 95 % bound of the difference, -0.00200, is not above the margin of -0.002");
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
      @ForAll @DoubleRange(min = 0, max = .01) double half) {
    Verdict verdict =
        ReleaseDecision.against(
            RULE,
            metrics(auc, positives, .125, bias, half),
            new Interval(difference, difference - half, difference + half));
    boolean good =
        auc >= .8
            && positives >= 200
            && bias - half <= .05 * .125
            && bias + half >= -.05 * .125
            && difference >= 0
            && difference - half > -.002;
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

  private static Metrics metrics(
      double auc, int positives, double baseRate, double bias, double half) {
    SortedMap<String, Double> scalars = new TreeMap<>();
    scalars.put("auc", auc);
    scalars.put("base_rate", baseRate);
    scalars.put("calibration_bias", bias);
    scalars.put("calibration_bias_low", bias - half);
    scalars.put("calibration_bias_high", bias + half);
    Confusion confusion = new Confusion(positives / 2, 0, positives - positives / 2, 5000);
    return new Metrics(scalars, confusion, new TreeMap<>(), null);
  }
}
