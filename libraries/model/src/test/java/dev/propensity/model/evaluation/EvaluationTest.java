package dev.propensity.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.model.metric.Confusion;
import dev.propensity.model.metric.ScoredRows;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
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

  /** A model that knows the labels of its first 1,600 rows, and orders the others by chance. */
  private static ScoredModel memorizing() {
    ScoredModel model = Examples.model(0);
    byte[] labels = new byte[Examples.ROWS];
    float[] scores = new float[Examples.ROWS];
    for (int row = 0; row < Examples.ROWS; row++) {
      labels[row] = (byte) model.rows().label(row);
      scores[row] = row < 1600 ? .1f + .8f * labels[row] : (row * 37 % 100) / 200f;
    }
    return model.withRows(ScoredRows.of("the test split", labels, scores));
  }

  private static Evaluator withCopies(int copies) {
    return withCopies(copies, false);
  }

  private static Evaluator withCopies(int copies, boolean coincidence) {
    BitSet numbers = new BitSet();
    numbers.set(0, copies);
    return new Evaluator(
        Examples.RULE,
        Examples.OFFER,
        new TreeMap<>(),
        List.of("a leak"),
        new TestCopies(numbers, coincidence));
  }

  @Test
  void judgesByTheRowsThatAreNotCopies() {
    Evaluation evaluation = withCopies(1600).alone(memorizing());
    WithoutCopies others = evaluation.withoutCopies();
    assertThat(evaluation.candidate().scalar("auc")).isGreaterThan(.9);
    assertThat(others.candidate().get("auc")).isBetween(.4, .6);
    assertThat(others.rows()).isEqualTo(400);
    assertThat(evaluation.verdict().reasons())
        .anyMatch(reason -> reason.startsWith("without the 1,600 copies, the AUC of 0."))
        .anyMatch(reason -> reason.startsWith("without the 1,600 copies, the test split has "))
        .contains("a leak");
    assertThat(evaluation.verdict().checks())
        .contains(new Evaluation.Check(true, "there is no champion yet"));
    assertThat(Evaluation.parse(CanonicalJson.bytes(evaluation), "here")).isEqualTo(evaluation);
  }

  @Test
  void comparesWithTheChampionOnTheRowsThatAreNotCopies() {
    Evaluation evaluation = withCopies(1600).against(memorizing(), Examples.model(.3));
    assertThat(evaluation.difference().low()).isPositive();
    assertThat(evaluation.withoutCopies().difference().high()).isNegative();
    assertThat(evaluation.withoutCopies().champion()).containsKeys("auc", "log_loss");
    assertThat(evaluation.verdict().decision()).isEqualTo(Decision.CHALLENGER);
  }

  @Test
  void judgesByAllRowsWhereTheCopiesAreACoincidence() {
    Evaluation evaluation = withCopies(1600, true).against(Examples.model(0), Examples.model(.3));
    assertThat(evaluation.withoutCopies().coincidence()).isTrue();
    assertThat(evaluation.withoutCopies().copies()).isEqualTo(1600);
    assertThat(evaluation.withoutCopies().candidate()).containsKey("auc");
    assertThat(evaluation.verdict().checks())
        .noneMatch(check -> check.text().contains("copies"))
        .startsWith(EVALUATION.verdict().checks().toArray(Evaluation.Check[]::new));
    assertThat(Evaluation.parse(CanonicalJson.bytes(evaluation), "here")).isEqualTo(evaluation);
    Evaluation alone = withCopies(1999, true).alone(Examples.model(0));
    assertThat(alone.withoutCopies().candidate()).isNull();
    assertThat(alone.verdict().reasons()).containsExactly("a leak");
  }

  @Test
  void cannotJudgeWhereAllButAFewRowsAreCopies() {
    Evaluation evaluation = withCopies(1999).alone(Examples.model(0));
    assertThat(evaluation.withoutCopies().candidate()).isNull();
    assertThat(evaluation.verdict().reasons())
        .containsExactly(
            "1,999 of 2,000 test rows are copies of rows outside the test split; of the others 0"
                + " are positive and 1 negative, too few to judge the model on: remove the"
                + " duplicates from the table",
            "a leak");
    assertThat(Evaluation.parse(CanonicalJson.bytes(evaluation), "here")).isEqualTo(evaluation);
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
