package dev.propensity.model.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Offers;
import dev.propensity.model.Python;
import dev.propensity.model.trainer.Scorer;
import dev.propensity.model.trainer.TrainedModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticTrainerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Encoder ENCODER = Offers.encoder();
  private static final FeatureTable TRAIN = Offers.table(5000, 1);
  private static final FeatureTable VALIDATION = Offers.table(1000, 2);
  private static final LogisticTrainer TRAINER = new LogisticTrainer();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"C\": 0.0003, \"quadratic\": true}",
        "{\"C\": 0.1, \"quadratic\": false}",
        "{\"C\": 1000, \"quadratic\": true}"
      })
  void scoresAsScikitLearnFittedByFormula(String parameters, @TempDir Path folder)
      throws Exception {
    float[] values = new float[TRAIN.values().length + VALIDATION.values().length];
    System.arraycopy(TRAIN.values(), 0, values, 0, TRAIN.values().length);
    System.arraycopy(
        VALIDATION.values(), 0, values, TRAIN.values().length, VALIDATION.values().length);
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(folder.resolve("features.f32"), bytes.array());
    Files.write(folder.resolve("labels.i8"), TRAIN.labels());
    boolean quadratic = JSON.readTree(parameters).get("quadratic").booleanValue();
    List<Integer> levels = new ArrayList<>();
    List<Integer> squared = new ArrayList<>();
    for (Encoder.Feature feature : ENCODER.features()) {
      boolean number = feature.column().kind() == ColumnKind.NUMBER;
      if (quadratic && number) {
        squared.add(levels.size());
      }
      boolean ordinal = feature.column().kind() == ColumnKind.ORDINAL;
      levels.add(ordinal ? feature.column().values().size() : feature.categories().size());
    }
    Files.write(
        folder.resolve("design.json"),
        JSON.writeValueAsBytes(
            Map.of(
                "levels",
                levels,
                "squared",
                squared,
                "train",
                TRAIN.rows(),
                "C",
                JSON.readTree(parameters).get("C"))));
    Python.run("logistic.py", folder);
    JsonNode python = JSON.readTree(folder.resolve("scores.json").toFile());
    Scorer scorer = TRAINER.scorer(train(parameters, 2).bytes());
    float[] java = scorer.scores(values, values.length / levels.size());
    for (int row = 0; row < java.length; row++) {
      assertThat((double) java[row])
          .as("row %d", row)
          .isCloseTo(python.get(row).asDouble(), within(1e-7));
    }
  }

  @Test
  void givesTheSameBytesWithAnyNumberOfThreads() {
    TrainedModel one = train("{\"quadratic\": true}", 1);
    for (int threads = 2; threads <= 4; threads++) {
      TrainedModel more = train("{\"quadratic\": true}", threads);
      assertThat(more.bytes()).isEqualTo(one.bytes());
      assertThat(more.history()).isEqualTo(one.history());
      assertThat(more.importance()).isEqualTo(one.importance());
    }
  }

  @Test
  void refittedOnTheSameRowsItIsTheSameModelRegardlessOfTheRounds() {
    TrainedModel model = train("{}", 2);
    TrainedModel again = TRAINER.refit(ENCODER, TRAIN, 7, parameters("{}"), 2);
    assertThat(again.bytes()).isEqualTo(model.bytes());
    assertThat(again.history()).isEmpty();
  }

  @Test
  void keepsTheMeanScoreAtTheBaseRateOfItsRows() {
    float[] scores = TRAINER.scorer(train("{}", 2).bytes()).scores(TRAIN.values(), TRAIN.rows());
    double sum = 0;
    double positives = 0;
    for (int row = 0; row < scores.length; row++) {
      sum += scores[row];
      positives += TRAIN.labels()[row];
    }
    assertThat(sum).isCloseTo(positives, within(positives * 1e-6));
  }

  @Test
  void drawsTheWeightsToZeroWhereCIsSmall() {
    Scorer scorer = TRAINER.scorer(train("{\"C\": 1e-9}", 2).bytes());
    float first = scorer.score(TRAIN.values(), 0);
    for (float score : scorer.scores(TRAIN.values(), TRAIN.rows())) {
      assertThat(score).isCloseTo(first, within(1e-5f));
    }
  }

  @Test
  void sharesTheImportanceOut() {
    Map<String, Double> importance = train("{}", 2).importance();
    assertThat(importance.keySet()).containsExactlyInAnyOrderElementsOf(TRAIN.names());
    assertThat(importance.values().stream().mapToDouble(d -> d).sum()).isCloseTo(1, within(1e-9));
    assertThat(importance.get("age")).isGreaterThan(importance.get("income"));
  }

  @Test
  void fitsWhereAColumnIsTheSameInEveryRowOrMissingInAll() {
    float[] values = TRAIN.values().clone();
    for (int row = 0; row < TRAIN.rows(); row++) {
      values[row * 6] = Float.NaN;
      values[row * 6 + 1] = 7;
    }
    FeatureTable rows =
        new FeatureTable(TRAIN.names(), TRAIN.identifiers(), TRAIN.labels(), values);
    TrainedModel model = TRAINER.refit(ENCODER, rows, 1, parameters("{\"quadratic\": true}"), 2);
    for (float score : TRAINER.scorer(model.bytes()).scores(TRAIN.values(), TRAIN.rows())) {
      assertThat(score).isBetween(0f, 1f);
    }
    assertThat(model.importance().get("age")).isLessThan(1e-12);
  }

  @Test
  void rejectsADamagedModel() {
    byte[] model = train("{}", 2).bytes();
    String text = new String(model, StandardCharsets.UTF_8);
    for (String damaged :
        new String[] {
          text.substring(0, text.length() / 2),
          text.replace("\"schema\":1", "\"schema\":2"),
          text.replaceFirst("\"scale\":[^,]*,", "")
        }) {
      assertThatThrownBy(() -> TRAINER.scorer(damaged.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(UserException.class);
    }
  }

  private static TrainedModel train(String given, int threads) {
    return TRAINER.train(ENCODER, TRAIN, VALIDATION, parameters(given), threads);
  }

  private static JsonNode parameters(String given) {
    try {
      return TRAINER.parameters(JSON.readTree(given));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
