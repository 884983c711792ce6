package dev.propensity.model.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.ml.lightgbm.PredictionType;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.FeatureTables;
import dev.propensity.model.trainer.Scorer;
import dev.propensity.model.trainer.TrainedModel;
import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LightGBMTrainerTest {
  private static final FeatureTable TRAIN = FeatureTables.table(6000, 1);
  private static final FeatureTable VALIDATION = FeatureTables.table(2000, 2);
  private static final List<Integer> CATEGORIES = List.of(1, 2);

  @Test
  void scoresRandomRowsAsTheLibraryDoes() throws Exception {
    assertScoresAgree(train("{}", 2), VALIDATION.values(), 4);
  }

  @Test
  void scoresUnseenAndInvalidCodesAsTheLibraryDoes() throws Exception {
    assertScoresAgree(train("{}", 2), FeatureTables.strange(5000, 3), 4);
  }

  @Test
  void scoresMissingValuesWhereTrainingSawNoneAsTheLibraryDoes() throws Exception {
    float[] whole = TRAIN.values().clone();
    for (int i = 0; i < whole.length; i++) {
      whole[i] = Float.isNaN(whole[i]) ? 1 : whole[i];
    }
    FeatureTable train =
        new FeatureTable(TRAIN.names(), TRAIN.identifiers(), TRAIN.labels(), whole);
    TrainedModel model = LightGBMTrainer.train(CATEGORIES, train, VALIDATION, parameters("{}"), 2);
    assertScoresAgree(model, FeatureTables.strange(5000, 4), 4);
  }

  @Test
  void scoresSplitsOfMissingValuesFromAllOthersAsTheLibraryDoes() throws Exception {
    float[] values = TRAIN.values().clone();
    byte[] labels = TRAIN.labels().clone();
    for (int row = 0; row < TRAIN.rows(); row++) {
      values[row * 4] = row % 3 == 0 ? Float.NaN : row % 97;
      labels[row] = (byte) (row % 3 == 0 || row % 7 == 0 ? 1 : 0);
    }
    FeatureTable train = new FeatureTable(TRAIN.names(), TRAIN.identifiers(), labels, values);
    TrainedModel model = LightGBMTrainer.train(CATEGORIES, train, VALIDATION, parameters("{}"), 2);
    assertThat(new String(model.bytes(), StandardCharsets.UTF_8))
        .containsPattern("threshold=.*inf");
    assertScoresAgree(model, FeatureTables.strange(5000, 6), 4);
  }

  @Test
  void scoresSplitsByOneCategoryAsTheLibraryDoes() throws Exception {
    assertScoresAgree(train("{\"max_cat_to_onehot\": 100}", 2), FeatureTables.strange(5000, 5), 4);
  }

  @Test
  void scoresTheBaseRateWhereNoTreeHasASplit() throws Exception {
    TrainedModel model = train("{\"min_gain_to_split\": 1e9}", 1);
    assertThat(model.rounds()).isEqualTo(1);
    assertThat(model.importance().values()).containsOnly(0.0);
    assertScoresAgree(model, VALIDATION.values(), 4);
  }

  @Test
  void keepsTheTreesUpToTheBestRound() {
    TrainedModel model = train("{\"learning_rate\": 0.3, \"early_stopping_rounds\": 7}", 2);
    List<Double> logLoss = model.history().get("validation_logloss");
    int best = logLoss.indexOf(Collections.min(logLoss)) + 1;
    assertThat(model.rounds()).isEqualTo(best);
    assertThat(logLoss).hasSize(best + 7);
  }

  @Test
  void refittedOnTheSameRowsForTheBestRoundsItIsTheSameModel() {
    TrainedModel model = train("{\"learning_rate\": 0.3}", 2);
    TrainedModel again =
        LightGBMTrainer.refit(
            CATEGORIES, TRAIN, model.rounds(), parameters("{\"learning_rate\": 0.3}"), 1);
    assertThat(again.bytes()).isEqualTo(model.bytes());
    assertThat(again.history()).isEmpty();
  }

  @Test
  void givesTheSameBytesWithAnyNumberOfThreads() {
    String given = "{\"bagging_fraction\": 0.5, \"feature_fraction_bynode\": 0.5}";
    TrainedModel one = train(given, 1);
    for (int threads = 2; threads <= 4; threads++) {
      TrainedModel more = train(given, threads);
      assertThat(more.bytes()).isEqualTo(one.bytes());
      assertThat(more.history()).isEqualTo(one.history());
    }
  }

  @Test
  void givesOtherBytesWithAnotherSeed() {
    String given = "{\"bagging_fraction\": 0.5, \"seed\": %d}";
    assertThat(train(given.formatted(1), 1).bytes())
        .isNotEqualTo(train(given.formatted(2), 1).bytes());
  }

  @Test
  void reportsWhatEachFeatureGained() {
    TrainedModel model = train("{}", 2);
    assertThat(model.importance().keySet())
        .containsExactlyInAnyOrderElementsOf(FeatureTables.NAMES);
    assertThat(model.importance().values().stream().mapToDouble(d -> d).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(model.importance().values()).allSatisfy(share -> assertThat(share).isPositive());
  }

  @Test
  void takesNamesThatTheLibraryCannotWrite() throws Exception {
    List<String> names = List.of("age [years]", "a,b", "Größe: \"x\"", "premium");
    FeatureTable train =
        new FeatureTable(names, TRAIN.identifiers(), TRAIN.labels(), TRAIN.values());
    TrainedModel model = LightGBMTrainer.train(CATEGORIES, train, VALIDATION, parameters("{}"), 2);
    assertThat(model.importance().keySet()).containsExactlyInAnyOrderElementsOf(names);
    assertScoresAgree(model, VALIDATION.values(), 4);
  }

  @Test
  void leavesNoFileOfTheLibraryBehind() throws IOException {
    train("{}", 1);
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("lib_lightgbm"));
    }
  }

  private static TrainedModel train(String given, int threads) {
    return LightGBMTrainer.train(CATEGORIES, TRAIN, VALIDATION, parameters(given), threads);
  }

  private static JsonNode parameters(String given) {
    try {
      return new LightGBMTrainer().parameters(new ObjectMapper().readTree(given));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void assertScoresAgree(TrainedModel model, float[] values, int width) throws Exception {
    int rows = values.length / width;
    Scorer scorer = new LightGBMTrainer().scorer(model.bytes());
    float[] together = scorer.scores(values, rows);
    double[] library;
    String text = new String(model.bytes(), StandardCharsets.UTF_8);
    try (LGBMBooster booster = LGBMBooster.loadModelFromString(text)) {
      library =
          booster.predictForMat(values, rows, width, true, PredictionType.C_API_PREDICT_NORMAL);
    }
    for (int row = 0; row < rows; row++) {
      float score = scorer.score(values, row * width);
      if (score != (float) library[row] || together[row] != score) {
        assertThat(score).as("row %d", row).isEqualTo((float) library[row]);
        assertThat(together[row]).as("row %d", row).isEqualTo(score);
      }
    }
  }
}
