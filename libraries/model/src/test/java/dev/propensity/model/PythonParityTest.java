package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.FeatureTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model directory, loaded by MLflow in Python, scores as it does in Java. */
class PythonParityTest {
  private static final int ROWS = 2000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static JsonNode python;
  private static float[] java;

  @BeforeAll
  static void scoreInBoth() throws Exception {
    Python.interpreter(); // before there is any work
    Path model = Files.createDirectory(folder.resolve("model"));
    Offers.train(model, 2);
    FeatureTable table = Offers.table(ROWS, 3);
    Scorer scorer = Model.load(model).scorer();
    int width = table.names().size();
    java = new float[ROWS];
    ByteBuffer features =
        ByteBuffer.allocate(ROWS * width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < ROWS; row++) {
      java[row] = scorer.score(table.values(), row * width);
    }
    features.asFloatBuffer().put(table.values());
    Files.write(folder.resolve("features.f32"), features.array());
    Files.writeString(folder.resolve("rows.csv"), Offers.csv(ROWS, 3));
    Python.run("score.py", folder);
    python = JSON.readTree(folder.resolve("scores.json").toFile());
  }

  @Test
  void theRawColumnsAsTexts() {
    assertScores("texts");
  }

  @Test
  void theRawColumnsAsPandasReadsThem() {
    assertScores("typed");
  }

  @Test
  void theNativeFlavourFromEncodedFeatures() {
    assertScores("native");
  }

  @Test
  void theFeaturesAreEncodedToTheBit() {
    assertThat(python.get("features_equal").asBoolean()).isTrue();
  }

  @Test
  void theLabelsFollowTheThreshold() throws IOException {
    double threshold = Model.load(folder.resolve("model")).threshold();
    for (int row = 0; row < ROWS; row++) {
      assertThat(python.get("labels").get(row).asInt()).isEqualTo(java[row] >= threshold ? 1 : 0);
    }
  }

  @Test
  void badCellsAreRefused() {
    assertThat(python.get("refusals"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "row 1, age is '17': below 18",
            "row 1, age is 'x': not a number",
            "row 1, sex is 'd': must be one of f, m",
            "row 1, income is '': a value must stand here",
            "row 1, size is 'huge': must be one of small, medium, large",
            "column income is missing");
  }

  private static void assertScores(String name) {
    for (int row = 0; row < ROWS; row++) {
      float score = (float) python.get(name).get(row).asDouble();
      assertThat(score).as("row %d", row).isEqualTo(java[row]);
    }
  }
}
