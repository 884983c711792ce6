package dev.propensity.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.FeatureTables;
import dev.propensity.model.trainer.TrainedModel;
import java.util.Collections;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Test;

class XGBoostTrainerTest {
  private static final FeatureTable TRAIN = FeatureTables.table(6000, 1);
  private static final FeatureTable VALIDATION = FeatureTables.table(2000, 2);

  @Test
  void scoresRandomRowsAsTheLibraryDoes() throws Exception {
    TrainedModel model = train("{}", 2);
    assertScoresAgree(model, VALIDATION.values());
  }

  @Test
  void scoresUnseenAndInvalidCodesAsTheLibraryDoes() throws Exception {
    TrainedModel model = train("{}", 2);
    assertScoresAgree(model, FeatureTables.strange(5000, 3));
  }

  @Test
  void scoresSplitsByOneCategoryAsTheLibraryDoes() throws Exception {
    TrainedModel model = train("{\"max_cat_to_onehot\": 100}", 2);
    assertScoresAgree(model, FeatureTables.strange(5000, 4));
  }

  @Test
  void keepsTheTreesUpToTheBestRound() throws Exception {
    TrainedModel model = train("{\"eta\": 0.3, \"early_stopping_rounds\": 7}", 2);
    List<Double> logLoss = model.history().get("validation_logloss");
    int best = logLoss.indexOf(Collections.min(logLoss)) + 1;
    assertThat(model.rounds()).isEqualTo(best);
    assertThat(logLoss).hasSize(best + 7);
    assertThat(XGBoost.loadModel(model.bytes()).getNumBoostedRound()).isEqualTo(best);
    assertThat(XGBoostTrees.read(model.bytes()).trees()).hasSize(best);
  }

  @Test
  void theLibraryWritesTheTruncatedModelWithTheSameBytes() throws Exception {
    TrainedModel model = train("{\"eta\": 0.3}", 1);
    assertThat(XGBoost.loadModel(model.bytes()).toByteArray("ubj")).isEqualTo(model.bytes());
  }

  @Test
  void refittedOnTheSameRowsForTheBestRoundsItIsTheSameModel() {
    TrainedModel model = train("{\"eta\": 0.3}", 2);
    TrainedModel again =
        XGBoostTrainer.refit(
            FeatureTables.TYPES, TRAIN, model.rounds(), parameters("{\"eta\": 0.3}"), 1);
    assertThat(again.bytes()).isEqualTo(model.bytes());
    assertThat(again.rounds()).isEqualTo(model.rounds());
    assertThat(again.history()).isEmpty();
  }

  @Test
  void givesTheSameBytesWithAnyNumberOfThreads() {
    TrainedModel one = train("{}", 1);
    for (int threads = 2; threads <= 4; threads++) {
      TrainedModel more = train("{}", threads);
      assertThat(more.bytes()).isEqualTo(one.bytes());
      assertThat(more.history()).isEqualTo(one.history());
    }
  }

  @Test
  void givesOtherBytesWithAnotherSeed() {
    assertThat(train("{\"seed\": 1}", 1).bytes()).isNotEqualTo(train("{\"seed\": 2}", 1).bytes());
  }

  @Test
  void reportsWhatEachFeatureGained() {
    TrainedModel model = train("{}", 2);
    assertThat(model.importance().keySet())
        .containsExactlyInAnyOrderElementsOf(FeatureTables.NAMES);
    assertThat(model.importance().values().stream().mapToDouble(d -> d).sum())
        .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(model.importance().values()).allSatisfy(share -> assertThat(share).isPositive());
  }

  private static TrainedModel train(String parameters, int threads) {
    return XGBoostTrainer.train(
        FeatureTables.TYPES, TRAIN, VALIDATION, parameters(parameters), threads);
  }

  private static JsonNode parameters(String given) {
    try {
      return new XGBoostTrainer().parameters(new ObjectMapper().readTree(given));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static void assertScoresAgree(TrainedModel model, float[] values) throws Exception {
    int rows = values.length / 4;
    XGBoostScorer scorer = new XGBoostScorer(XGBoostTrees.read(model.bytes()));
    Booster booster = XGBoost.loadModel(model.bytes());
    DMatrix matrix = new DMatrix(values, rows, 4, Float.NaN);
    matrix.setFeatureNames(FeatureTables.NAMES.toArray(String[]::new));
    matrix.setFeatureTypes(FeatureTables.TYPES);
    float[][] margins = booster.predict(matrix, true);
    float[][] scores = booster.predict(matrix);
    float[] together = scorer.scores(values, rows);
    for (int row = 0; row < rows; row++) {
      assertThat(together[row]).isEqualTo(scores[row][0]);
      assertThat(scorer.sum(values, row * 4)).isEqualTo(margins[row][0]);
      assertThat(scorer.score(values, row * 4)).isEqualTo(scores[row][0]);
    }
  }
}
