package dev.propensity.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.model.metric.Confusion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final Evaluation EVALUATION =
      Examples.evaluator().against(Examples.model(0), Examples.model(.3));

  @Test
  void isTheGoldenDocument() {
    Golden.assertEqual(CanonicalJson.text(EVALUATION), "evaluation.json");
  }

  @Test
  void readsWhatItWrote() {
    byte[] json = CanonicalJson.bytes(EVALUATION);
    assertThat(Evaluation.parse(json, "evaluation.json")).isEqualTo(EVALUATION);
  }

  @Test
  void leavesOutTheChampionWhereThereIsNone() {
    Evaluation alone = Examples.evaluator().alone(Examples.model(0));
    assertThat(CanonicalJson.text(alone)).doesNotContain("\"champion\"").doesNotContain("null,");
    assertThat(Evaluation.parse(CanonicalJson.bytes(alone), "here")).isEqualTo(alone);
    assertThat(alone.verdict().decision()).isEqualTo(Decision.RELEASE);
  }

  @Test
  void judgesAChallengerWhereTheChampionHasAnotherSplit() {
    Evaluation evaluation = Examples.evaluator().besideOtherSplit(Examples.model(0));
    assertThat(evaluation.champion()).isNull();
    assertThat(evaluation.verdict().decision()).isEqualTo(Decision.CHALLENGER);
  }

  @Test
  void judgesByTheChampionsScoresOfTheSameRows() {
    assertThat(EVALUATION.difference().value()).isPositive();
    assertThat(EVALUATION.verdict().decision()).isEqualTo(Decision.RELEASE);
    Evaluation worse = Examples.evaluator().against(Examples.model(.3), Examples.model(0));
    assertThat(worse.verdict().decision()).isEqualTo(Decision.CHALLENGER);
  }

  @Test
  void countsTheProfitOfTheOfferAtTheThreshold() {
    Confusion confusion = EVALUATION.candidate().confusion();
    assertThat(EVALUATION.candidate().scalars().get("profit"))
        .isEqualTo(100.0 * confusion.truePositives() - 12.0 * confusion.selected());
  }

  @Test
  void hasNoPrecisionWhereNobodyIsSelected() {
    ScoredModel shy = new ScoredModel(Examples.model(0).rows(), 1.0, Optional.empty());
    assertThat(Examples.evaluator().measure(shy).scalars())
        .doesNotContainKey("precision")
        .containsEntry("profit", 0.0);
  }

  @Test
  void rejectsADocumentOfALaterSchema() {
    assertThatThrownBy(
            () ->
                Evaluation.parse(
                    "{\"schema\":4}".getBytes(StandardCharsets.UTF_8), "s3://b/k/evaluation.json"))
        .isInstanceOf(UserException.class)
        .hasMessage("s3://b/k/evaluation.json has schema 4; this version reads 1 to 3");
  }

  @Test
  void rejectsADamagedDocument() {
    assertThatThrownBy(
            () -> Evaluation.parse("{".getBytes(StandardCharsets.UTF_8), "s3://b/k/e.json"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("s3://b/k/e.json is not valid");
  }
}
