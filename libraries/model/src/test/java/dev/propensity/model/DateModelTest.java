package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.trainer.TrainedModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of dates and their parts, of each learner, in Java and, by MLflow, in Python. */
class DateModelTest {
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "xgboost", "{\"rounds\": 40}",
          "lightgbm", "{\"rounds\": 40}",
          "randomforest", "{\"trees\": 20}",
          "logistic", "{\"quadratic\": true}");

  private static final List<String> FEATURES =
      List.of("joined", "income", "born", "town", "joined_month", "joined_weekday", "born_weekday");

  @TempDir static Path folder;
  private static final Map<String, TrainedModel> TRAINED = new HashMap<>();

  @BeforeAll
  static void trainAndScoreInPython() throws Exception {
    Python.interpreter(); // before there is any work
    Path features = Files.createDirectory(folder.resolve("features"));
    DatedOffers.preprocess(features);
    for (Map.Entry<String, String> learner : PARAMETERS.entrySet()) {
      Path scored = Files.createDirectory(folder.resolve(learner.getKey()));
      Path model = scored.resolve("model");
      TRAINED.put(
          learner.getKey(),
          DatedOffers.train(features, learner.getKey(), learner.getValue(), model));
      Files.copy(features.resolve("test-rows.csv"), scored.resolve("test-rows.csv"));
    }
    Python.run("score_all.py", folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xgboost", "lightgbm", "randomforest", "logistic"})
  void scoresTheTestRowsInPythonToTheBit(String learner) throws IOException {
    Model model = Model.load(folder.resolve(learner + "/model"));
    FeatureTable test = FeatureTable.read(folder.resolve("features/test.arrow"));
    float[] java = model.scorer().scores(test.values(), test.rows());
    ByteBuffer python =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve(learner + "/scores.f32")))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(python.remaining()).isEqualTo(4 * java.length);
    for (int row = 0; row < java.length; row++) {
      assertThat(python.getFloat()).as("row %d", row).isEqualTo(java[row]);
    }
    assertThat(java.length).isGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xgboost", "lightgbm", "randomforest", "logistic"})
  void hasSampleRowsOfRawColumnsAndTheImportanceOfEachFeature(String learner) {
    Model model = Model.load(folder.resolve(learner + "/model"));
    model.verifySampleRows();
    Map<String, String> row = model.samples().get(0).row();
    assertThat(row).containsOnlyKeys("joined", "income", "born", "town");
    assertThat(row.get("born")).matches("\\d{2}\\.\\d{2}\\.\\d{4}");
    assertThat(TRAINED.get(learner).importance()).containsOnlyKeys(FEATURES);
  }

  @Test
  void givesEachMonthAndWeekdayAWeight() throws IOException {
    Path file = folder.resolve("logistic/model/logistic.json");
    JsonNode terms = new ObjectMapper().readTree(file.toFile()).get("terms");
    assertThat(terms.findValuesAsText("name")).isEqualTo(FEATURES);
    assertThat(terms.get(0).has("levels")).isFalse();
    JsonNode month = terms.get(4).get("levels");
    assertThat(month).hasSize(13);
    assertThat(month.get(0).asDouble()).as("the level 0 is never seen").isZero();
    assertThat(month).filteredOn(weight -> weight.asDouble() != 0).hasSize(12);
    assertThat(terms.get(5).get("levels")).hasSize(8);
  }

  @Test
  void hasABaselineOfDaysAndParts() throws IOException {
    Path file = folder.resolve("xgboost/model/baseline.json");
    JsonNode columns = new ObjectMapper().readTree(file.toFile()).get("columns");
    assertThat(columns.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(FEATURES);
    JsonNode weekday = columns.get("born_weekday");
    assertThat(weekday.get("kind").asText()).isEqualTo("date");
    assertThat(weekday.at("/numbers/edges")).hasSize(6);
    assertThat(weekday.get("missing").asInt()).isZero();
    assertThat(columns.at("/joined_month/missing").asInt())
        .isEqualTo(columns.at("/joined/missing").asInt())
        .isPositive();
  }
}
