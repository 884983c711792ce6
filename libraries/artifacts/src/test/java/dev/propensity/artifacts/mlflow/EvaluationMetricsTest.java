package dev.propensity.artifacts.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.DatasetSpec.Offer;
import dev.propensity.dataset.specification.DatasetSpec.ReleaseRule;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluator;
import dev.propensity.model.evaluation.ScoredModel;
import dev.propensity.model.evaluation.TestCopies;
import dev.propensity.model.evaluation.WithoutCopies;
import dev.propensity.model.metric.ScoredRows;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The metrics that MLflow gets of an evaluation. */
class EvaluationMetricsTest {
  private static ScoredModel model(double noise) {
    SplittableRandom random = new SplittableRandom(1);
    byte[] labels = new byte[400];
    float[] scores = new float[labels.length];
    for (int row = 0; row < labels.length; row++) {
      double chance = random.nextDouble();
      labels[row] = (byte) (random.nextDouble() < chance ? 1 : 0);
      scores[row] = (float) (chance * (1 - noise) + noise * random.nextDouble());
    }
    return new ScoredModel(ScoredRows.of("the test split", labels, scores), .5, Optional.empty());
  }

  private static Evaluator evaluator(int copies) {
    BitSet rows = new BitSet();
    rows.set(0, copies);
    return new Evaluator(
        new ReleaseRule(.8, 200, .05, .002, .002),
        new Offer(100, 12, "INR"),
        new TreeMap<>(),
        List.of(),
        new TestCopies(rows, false));
  }

  @Test
  void thoseThatDecidedWithoutCopiesAreAmongThem() {
    Evaluation evaluation = evaluator(100).against(model(0), model(.5));
    WithoutCopies others = evaluation.withoutCopies();
    assertThat(EvaluationMlflowRun.metrics(evaluation))
        .containsEntry("test_auc_difference_low", evaluation.difference().low())
        .containsEntry("test_without_copies_auc", others.candidate().get("auc"))
        .containsEntry("test_without_copies_auc_difference", others.difference().value())
        .containsEntry("test_without_copies_auc_difference_low", others.difference().low())
        .containsEntry(
            "test_without_copies_log_loss_difference_high", others.logLossDifference().high());
  }

  @Test
  void thereAreNoneOfAChampionThatIsNotThere() {
    SortedMap<String, Double> metrics = EvaluationMlflowRun.metrics(evaluator(100).alone(model(0)));
    assertThat(metrics).containsKey("test_without_copies_auc");
    assertThat(metrics.keySet()).noneMatch(name -> name.contains("difference"));
  }
}
