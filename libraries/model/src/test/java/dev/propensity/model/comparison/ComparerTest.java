package dev.propensity.model.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Trainers;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import dev.propensity.model.metric.DeLong;
import dev.propensity.model.metric.Interval;
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

  private final Comparison comparison = compared(RankingMetric.AUC);

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
    byte[] later = new String(json).replace("\"schema\":2", "\"schema\":3").getBytes();
    assertThatThrownBy(() -> Comparison.parse(later, "x.json"))
        .hasMessage("x.json has schema 3; this version reads 1 to 2");
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

  @Test
  void theLowestLogLossWins() {
    Comparison byLoss = compared(RankingMetric.LOG_LOSS);
    assertThat(byLoss.rank()).isEqualTo(RankingMetric.LOG_LOSS);
    assertThat(byLoss.candidates())
        .extracting(CandidateResult::logLoss)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void theHighestProfitWins() {
    // good at 0.5 or more: 3 contacts, all positive. Poor at 0.5 or more: 3 contacts, 2 positive.
    Comparison byProfit = compared(RankingMetric.PROFIT);
    assertThat(byProfit.winner()).isEqualTo("good");
    assertThat(byProfit.named("good").profit()).isEqualTo(3 * 10 - 3 * 5);
    assertThat(byProfit.named("poor").profit()).isEqualTo(2 * 10 - 3 * 5);
    Interval difference = byProfit.differences().get(0).profit();
    assertThat(difference.value()).isCloseTo(10, within(1e-12));
    assertThat(difference.low()).isLessThan(10);
    assertThat(difference.low() + difference.high()).isCloseTo(20, within(1e-12));
  }

  @Test
  void documentsOfTheFirstSchemaAreRankedByAuc() {
    ObjectNode old = CanonicalJson.read(CanonicalJson.bytes(comparison), ObjectNode.class, "x");
    old.put("schema", 1).remove(List.of("rank", "currency"));
    old.path("candidates").forEach(one -> ((ObjectNode) one).remove("profit"));
    old.path("differences")
        .forEach(one -> ((ObjectNode) one).remove(List.of("log_loss", "profit")));
    Comparison read = Comparison.parse(CanonicalJson.bytes(old), "x");
    assertThat(read.rank()).isEqualTo(RankingMetric.AUC);
    assertThat(read.differences().get(0).logLoss().value()).isNaN();
    assertThat(read.best().auc()).isEqualTo(comparison.best().auc());
  }

  @Test
  void rejectsAnotherMetric() {
    assertThatThrownBy(() -> RankingMetric.of("--rank", "gini"))
        .hasMessage("--rank is 'gini'; it must be auc, log_loss or profit");
  }

  private static Comparison compared(RankingMetric rank) {
    return new Comparer(SCORES, rank, new DatasetSpec.Offer(10, 5, "EUR"))
        .compare(List.of(candidate("poor", 3, 4), candidate("good", 10, 13)));
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
