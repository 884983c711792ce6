package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of tables whose column names are longer in UTF-8 than in characters. */
class NonAsciiNamesTest {
  private static final List<String> NAMES = List.of("größe1", "größe2", "maß", "年齢");
  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: umlaut
          title: Umlauts?
          source: sample:1000
          identifier: id
          label: {column: y, positive: 1, negative: 0}
          features:
            - {name: "größe{1..2}", kind: number}
            - {name: maß, kind: number}
            - {name: 年齢, kind: number}
          offer: {gain: 100, cost: 30}
          """,
          "umlaut.yaml");

  @TempDir static Path folder;
  private static FeatureTable test;

  @BeforeAll
  static void train() throws Exception {
    byte[] csv = csv(3000).getBytes(StandardCharsets.UTF_8);
    Preprocessing.run(new ByteArrayInputStream(csv), "rows.csv", SPEC, folder);
    Encoder encoder = Encoder.read(folder.resolve("encoder.json"));
    FeatureTable train = FeatureTable.read(folder.resolve("train.arrow"));
    FeatureTable validation = FeatureTable.read(folder.resolve("validation.arrow"));
    try (InputStream rows = Files.newInputStream(folder.resolve(Preprocessing.TEST_ROWS))) {
      test = FeatureTable.encode(rows, Preprocessing.TEST_ROWS, encoder);
    }
    Map<String, String> learners =
        Map.of(
            "xgboost", "{\"rounds\": 30, \"calibration\": \"none\"}",
            "randomforest", "{\"trees\": 20, \"calibration\": \"none\"}");
    for (Map.Entry<String, String> given : learners.entrySet()) {
      Trainer trainer = Trainers.named(given.getKey());
      JsonNode parameters = trainer.parameters(new ObjectMapper().readTree(given.getValue()));
      TrainedModel trained = trainer.train(encoder, train, validation, parameters, 2);
      Path model = Files.createDirectory(folder.resolve(trainer.name()));
      new ModelDirectory(SPEC, false, trainer.name(), parameters)
          .write(model, trained, encoder, train, validation);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xgboost", "randomforest"})
  void reportImportanceByTheColumnsNames(String learner) throws IOException {
    SortedMap<String, Double> importance =
        ModelDirectory.training(folder.resolve(learner)).importance();
    assertThat(importance.keySet()).containsExactlyInAnyOrderElementsOf(NAMES);
    assertThat(importance.get("größe1")).isGreaterThan(0.7);
    assertThat(importance.values().stream().mapToDouble(share -> share).sum())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void predictAFrameWithTheseNamesByTheNativeFlavor() throws Exception {
    Python.interpreter(); // before there is any work
    Files.copy(folder.resolve(Preprocessing.TEST_ROWS), folder.resolve("rows.csv"));
    Python.run("native_frame.py", folder);
    JsonNode python = new ObjectMapper().readTree(folder.resolve("scores.json").toFile());
    for (String learner : List.of("xgboost", "randomforest")) {
      float[] scores =
          Model.load(folder.resolve(learner)).scorer().scores(test.values(), test.rows());
      assertThat(python.get(learner)).hasSize(scores.length);
      for (int row = 0; row < scores.length; row++) {
        float score = (float) python.get(learner).get(row).asDouble();
        assertThat(score).as("%s, row %d", learner, row).isEqualTo(scores[row]);
      }
    }
  }

  /** Rows whose label follows the first feature. */
  private static String csv(int rows) {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("id,y," + String.join(",", NAMES) + "\n");
    for (int row = 0; row < rows; row++) {
      double[] values = random.doubles(NAMES.size(), -3, 3).toArray();
      csv.append(row).append(',');
      csv.append(random.nextDouble() < 1 / (1 + Math.exp(-2 * values[0])) ? 1 : 0);
      for (double value : values) {
        csv.append(String.format(Locale.ROOT, ",%.3f", value));
      }
      csv.append('\n');
    }
    return csv.toString();
  }
}
