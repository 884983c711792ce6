package dev.propensity.model.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Trainers;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import dev.propensity.model.metric.DeLong;
import dev.propensity.model.trainer.CalibrationMethod;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparerTest {
  private static final String[] IDENTIFIERS = {"a", "b", "c", "d", "e"};

  // Pairs of a positive and a negative row that are in order, of all 6:
  // good: 6 on fold 1, 5 on fold 2; poor: 4 (of them two halves) on fold 1, 4 on fold 2.
  private static final OutOfFold SCORES =
      OutOfFold.join(
          List.of("good", "poor"),
          List.of(CalibrationMethod.NONE, CalibrationMethod.NONE),
          List.of(
              new OutOfFold.Fold(
                  IDENTIFIERS,
                  new byte[] {1, 0, 1, 0, 0},
                  margins(
                      new float[][] {
                        {0.9f, 0.1f, 0.8f, 0.2f, 0.3f}, {0.5f, 0.5f, 0.4f, 0.4f, 0.3f}
                      })),
              new OutOfFold.Fold(
                  new String[] {"f", "g", "h", "i", "j"},
                  new byte[] {1, 1, 0, 0, 0},
                  margins(
                      new float[][] {
                        {0.9f, 0.3f, 0.4f, 0.2f, 0.1f}, {0.6f, 0.2f, 0.3f, 0.4f, 0.1f}
                      }))));

  private final Comparison comparison =
      new Comparer(SCORES).compare(List.of(candidate("poor", 3, 4), candidate("good", 10, 13)));

  @TempDir Path folder;

  @Test
  void measuresEachFold() {
    CandidateResult good = comparison.named("good");
    assertThat(good.folds()).extracting(Comparison.FoldResult::fold).containsExactly(1, 2);
    assertThat(good.folds()).extracting(Comparison.FoldResult::rows).containsExactly(5, 5);
    assertThat(good.folds()).extracting(Comparison.FoldResult::positives).containsExactly(2, 2);
    assertThat(good.folds().get(0).auc()).isEqualTo(1);
    assertThat(good.folds().get(1).auc()).isEqualTo(5.0 / 6);
    assertThat(comparison.named("poor").folds().get(0).auc()).isEqualTo(4.0 / 6);
    assertThat(comparison.named("poor").folds().get(1).auc()).isEqualTo(4.0 / 6);
  }

  @Test
  void reportsTheMeanOverTheFoldsAndTheirDeviation() {
    // (1 + 5/6) / 2 = 11/12; the deviation of two values is their distance / √2: (1/6) / √2
    CandidateResult good = comparison.named("good");
    assertThat(good.auc().mean()).isCloseTo(11.0 / 12, within(1e-15));
    assertThat(good.auc().deviation()).isCloseTo(1 / (6 * Math.sqrt(2)), within(1e-15));
  }

  @Test
  void theHighestMeanWins() {
    assertThat(comparison.winner()).isEqualTo("good");
    assertThat(comparison.best().name()).isEqualTo("good");
    assertThat(comparison.candidates())
        .extracting(CandidateResult::name)
        .containsExactly("good", "poor");
  }

  @Test
  void comparesPairsOnTheSameRows() {
    assertThat(comparison.differences()).hasSize(1);
    Comparison.Difference difference = comparison.differences().get(0);
    assertThat(difference.candidate()).isEqualTo("good");
    assertThat(difference.other()).isEqualTo("poor");
    assertThat(difference.auc())
        .isEqualTo(DeLong.difference(SCORES.pooled("good"), SCORES.pooled("poor")));
    // 1 − 4/6 and 5/6 − 4/6
    assertThat(difference.byFold().mean()).isCloseTo(0.25, within(1e-15));
  }

  @Test
  void theFinalModelLearnsForTheMeanOfTheFoldsRounds() {
    assertThat(comparison.named("good").rounds()).isEqualTo(12); // 11.5, rounded half up
    assertThat(comparison.named("poor").rounds()).isEqualTo(4); // 3.5
  }

  @Test
  void namesTheParametersThatAreNotTheDefaults() {
    assertThat(comparison.named("good").changed().toString()).isEqualTo("{\"eta\":0.5}");
  }

  @Test
  void findsTheBestOfALearnerByTheLearnersName() {
    assertThat(comparison.named("xgboost").name()).isEqualTo("good");
    assertThatThrownBy(() -> comparison.named("oracle"))
        .isInstanceOf(UserException.class)
        .hasMessage("no candidate 'oracle'; there are good, poor");
  }

  @Test
  void staysTheSameThroughItsFile() {
    byte[] json = CanonicalJson.bytes(comparison);
    Comparison read = Comparison.parse(json, "comparison.json");
    assertThat(CanonicalJson.bytes(read)).isEqualTo(json);
    byte[] later = new String(json).replace("\"schema\":1", "\"schema\":2").getBytes();
    assertThatThrownBy(() -> Comparison.parse(later, "x.json"))
        .hasMessage("x.json has schema 2; this version reads 1 to 1");
  }

  @Test
  void scoresStayTheSameThroughTheirFile() {
    Path file = folder.resolve(OutOfFold.FILE);
    SCORES.write(file, "id", "bought");
    OutOfFold read = OutOfFold.read(file);
    assertThat(read.candidates()).containsExactly("good", "poor");
    assertThat(read.folds()).isEqualTo(2);
    assertThat(read.rows()).isEqualTo(10);
    assertThat(read.ofFold("poor", 2).score(0)).isEqualTo(0.6f);
  }

  private static Candidate candidate(String name, int... rounds) {
    JsonNode given = CanonicalJson.mapper().createObjectNode().put("eta", 0.5);
    JsonNode parameters = Trainers.named("xgboost").parameters(given);
    return new Candidate(name, "xgboost", parameters, List.of(rounds[0], rounds[1]));
  }

  /** The log-odds of these probabilities. */
  private static float[][] margins(float[][] scores) {
    for (float[] one : scores) {
      for (int row = 0; row < one.length; row++) {
        one[row] = (float) Math.log(one[row] / (1.0 - one[row]));
      }
    }
    return scores;
  }
}
