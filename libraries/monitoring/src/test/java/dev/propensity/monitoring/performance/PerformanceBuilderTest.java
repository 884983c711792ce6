package dev.propensity.monitoring.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.model.metric.Interval;
import dev.propensity.model.prediction.Selection;
import dev.propensity.monitoring.outcome.OutcomeHeader;
import dev.propensity.monitoring.outcome.OutcomeRow;
import dev.propensity.monitoring.performance.PerformanceBuilder.LiveModel;
import dev.propensity.monitoring.profile.TimeWindow;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PerformanceBuilderTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final OutcomeHeader HEADER =
      new OutcomeHeader(1, "toys", CapturedIdentifier.PLAIN, null, "2026-03-20T08:00:00Z");
  private static final double THRESHOLD = 0.2;

  private final ScoredWindow scored = new ScoredWindow(TimeWindow.parse("2026-03-10"));
  private final JoinedIdentifiers identifiers = new JoinedIdentifiers(Optional.empty());
  private final OutcomeJoin join = new OutcomeJoin(scored, identifiers, 30);
  private final Random random = new Random(7);

  @Test
  void contactedCustomersWithoutAnAnswerAreNegative() {
    scored.addCaptured("ann", NOON.toEpochMilli(), 0.9f, true);
    scored.addCaptured("bob", NOON.toEpochMilli(), 0.3f, true);
    scored.addCaptured("eve", NOON.toEpochMilli(), 0.1f, true);
    answer("ann", 1, -1);
    answer("eve", 1, -1);
    Performance live = build("outcomes: {}");
    assertThat(live.contacted().rows()).as("ann and bob, from the threshold on").isEqualTo(2);
    assertThat(live.contacted().positives()).isEqualTo(1);
    assertThat(live.contacted().tooFew()).isTrue();
    assertThat(live.contacted().auc()).isNull();
    assertThat(live.verdict()).isEqualTo(LiveVerdict.TOO_FEW);
    // 5 × (0.9 + 0.3) − 2, without a calibration line; earned: 5 × 1 − 2.
    assertThat(live.profit().promised().value()).isEqualTo(4, within(1e-6));
    assertThat(live.profit().earned().value()).isEqualTo(3);
    // The promise's standard error is 5 √(0.9 × 0.1 + 0.3 × 0.7) = 5 √0.3.
    assertThat(live.profit().standardErrors()).isEqualTo(-1 / (5 * Math.sqrt(0.3)), within(1e-6));
    assertThat(build("outcomes: {contacted: all}").contacted().positives()).isEqualTo(2);
  }

  @Test
  void aColumnOfTheOutcomesSaysWhoWasContacted() {
    scored.addCaptured("ann", NOON.toEpochMilli(), 0.9f, true);
    scored.addCaptured("bob", NOON.toEpochMilli(), 0.1f, true);
    scored.addCaptured("eve", NOON.toEpochMilli(), 0.9f, true);
    answer("ann", 0, 0);
    answer("bob", -1, 1);
    Performance live = build("outcomes: {contacted: called}");
    assertThat(live.contacted().rows()).as("bob").isEqualTo(1);
    assertThat(live.outcomes().unanswered()).isEqualTo(1);
  }

  @Test
  void predictionsSayWhoIsContactedWhateverTheScore() {
    predicted("low", 0.1f, true, Selection.EXPLORE);
    predicted("high", 0.9f, false, Selection.CONTROL);
    predicted("usual", 0.9f, true, Selection.SCORE);
    Performance live = build("outcomes: {}");
    assertThat(live.contacted().rows()).isEqualTo(2);
    assertThat(live.explore().rows()).isEqualTo(1);
    assertThat(live.increment().control()).isEqualTo(1);
    assertThat(live.increment().contacted()).as("from the threshold on").isEqualTo(1);
    assertThat(live.increment().tooFew()).isTrue();
    assertThat(live.increment().difference()).isNull();
    assertThat(live.reasons())
        .containsExactly(
            "of the 1 customers who were contacted whatever their score, 0 are positive: at least"
                + " 30 of each label are needed");
  }

  @Test
  void theIncrementIsTheDifferenceToTheControlGroup() {
    for (int i = 0; i < 400; i++) {
      boolean isControl = i % 4 == 0;
      predicted("c" + i, 0.5f, !isControl, isControl ? Selection.CONTROL : Selection.SCORE);
      // 150 of 300 contacted buy, and 20 of the 100 others.
      if (isControl ? i < 80 : i % 4 == 1 || i % 4 == 2 && i < 200) {
        answer("c" + i, 1, -1);
      }
    }
    Increment increment = build("outcomes: {}").increment();
    assertThat(increment.contacted()).isEqualTo(300);
    assertThat(increment.control()).isEqualTo(100);
    assertThat(increment.contactedRate().value()).isEqualTo(0.5);
    assertThat(increment.controlRate().value()).isEqualTo(0.2);
    assertThat(increment.difference().value()).isEqualTo(0.3, within(1e-12));
    assertThat(increment.profit().value()).isEqualTo(5 * 0.3 - 1, within(1e-12));
    assertThat(increment.profit().low())
        .isEqualTo(5 * increment.difference().low() - 1, within(1e-12));
    assertThat(increment.pValue()).isLessThan(0.001);
  }

  @Test
  void onlyCustomersWhoRepresentAllShowThatAModelIsWorse() {
    for (int i = 0; i < 4000; i++) {
      float score = 0.05f + 0.9f * random.nextFloat();
      scored.addCaptured("c" + i, NOON.toEpochMilli(), score, true);
      answer("c" + i, random.nextDouble() < 0.5 ? 1 : 0, -1); // whatever the score
    }
    Performance biased = build("outcomes: {}");
    assertThat(biased.contacted().auc().value()).isEqualTo(0.5, within(0.03));
    assertThat(biased.verdict()).isEqualTo(LiveVerdict.TOO_FEW);
    assertThat(biased.unbiased()).isNull();
    Performance all = build("outcomes: {contacted: all}");
    assertThat(all.verdict()).isEqualTo(LiveVerdict.WORSE);
    assertThat(all.reasons()).hasSize(2);
    assertThat(all.reasons().get(0)).startsWith("the AUC is 0.").endsWith("of the test split");
    assertThat(all.reasons().get(1)).startsWith("the calibration slope is ");
    assertThat(Performance.parse(CanonicalJson.bytes(all), "it")).isEqualTo(all);
  }

  @Test
  void aModelWhoseScoresAreRightIsGood() {
    scored(20_000, 0);
    Performance live = build("outcomes: {contacted: all}");
    assertThat(live.verdict()).isEqualTo(LiveVerdict.GOOD);
    assertThat(live.reasons()).isEmpty();
    assertThat(live.profit().standardErrors()).isBetween(-3.0, 3.0);
    assertThat(live.summary()).startsWith("good: 20,000 customers scored, 20,000 contacted, ");
  }

  @Test
  void scoresThatAreTooHighAreWorse() {
    scored(20_000, 0.05);
    Performance live = build("outcomes: {contacted: all}");
    assertThat(live.verdict()).isEqualTo(LiveVerdict.WORSE);
    assertThat(live.reasons()).anyMatch(reason -> reason.startsWith("scores are too high: "));
    assertThat(live.profit().standardErrors()).isLessThan(-5);
  }

  @Test
  void theResultDoesNotDependOnTheOrderOfTheScores() {
    ScoredWindow other = new ScoredWindow(scored.window());
    for (int i = 0; i < 500; i++) {
      float score = (i * 37 % 500 + 1) / 502f;
      scored.addCaptured("c" + i, NOON.toEpochMilli(), score, true);
    }
    for (int i = 499; i >= 0; i--) {
      float score = (i * 37 % 500 + 1) / 502f;
      other.addCaptured("c" + i, NOON.toEpochMilli(), score, true);
    }
    OutcomeJoin otherJoin = new OutcomeJoin(other, identifiers, 30);
    for (int i = 0; i < 500; i += 3) {
      OutcomeRow row = new OutcomeRow("c" + i, (byte) 1, OutcomeRow.NO_TIME, (byte) -1);
      join.add(HEADER, row);
      otherJoin.add(HEADER, row);
    }
    String rules = "outcomes: {contacted: all}";
    assertThat(CanonicalJson.text(build(rules)))
        .isEqualTo(CanonicalJson.text(builder(rules).build(otherJoin, 0)));
  }

  @Test
  void warnsOfWhatIsMissing() {
    scored.addCaptured(null, NOON.toEpochMilli(), 0.9f, true);
    scored.addCaptured("ann", NOON.toEpochMilli(), 0.9f, false);
    predicted("eve", 0.1f, true, Selection.EXPLORE);
    DatasetSpec spec = spec("outcomes: {contacted: called}");
    LiveModel model = new LiveModel("toys", Digest.of("model"), THRESHOLD, Optional.empty(), null);
    assertThat(new PerformanceBuilder(spec, spec.outcomes(), model).build(join, 2).warnings())
        .containsExactly(
            "2 segments of captured rows cannot be read, and are left out",
            "1 scores have no identifier, and no outcome",
            "1 scores are of other models: they are left out",
            "1 customers of offer.explore were not contacted",
            "the AUC on the test split is not known, and not compared");
  }

  /** Customers whose probability is their score − an excess. */
  private void scored(int count, double excess) {
    for (int i = 0; i < count; i++) {
      double logOdds = -1.5 + 1.2 * random.nextGaussian();
      float score = (float) (1 / (1 + Math.exp(-logOdds)));
      scored.addCaptured("c" + i, NOON.toEpochMilli(), score, true);
      if (random.nextDouble() < score - excess) {
        answer("c" + i, 1, -1);
      }
    }
  }

  private void predicted(String name, float score, boolean isSelected, Selection reason) {
    scored.addPredicted(name, NOON, score, isSelected, reason);
  }

  private void answer(String name, int label, int contacted) {
    join.add(HEADER, new OutcomeRow(name, (byte) label, OutcomeRow.NO_TIME, (byte) contacted));
  }

  private Performance build(String rules) {
    return builder(rules).build(join, 0);
  }

  private static PerformanceBuilder builder(String rules) {
    DatasetSpec spec = spec(rules);
    Interval auc = new Interval(0.78, 0.76, 0.8);
    LiveModel model = new LiveModel("toys", Digest.of("model"), THRESHOLD, Optional.empty(), auc);
    return new PerformanceBuilder(spec, spec.outcomes(), model);
  }

  private static DatasetSpec spec(String rules) {
    return DatasetSpec.parse(
        """
        name: toys
        title: Who buys the toy?
        source: toys.csv
        identifier: id
        label: {column: bought, positive: "yes", negative: "no"}
        features:
          - {name: age, kind: number, minimum: 0}
        offer: {gain: 5, cost: 1}
        """
            + rules,
        "toys.yaml");
  }
}
