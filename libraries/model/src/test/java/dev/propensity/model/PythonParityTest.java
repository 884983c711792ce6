package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.foundation.UserException;
import dev.propensity.model.trainer.Trainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model directories, loaded by MLflow in Python, score as they do in Java. */
class PythonParityTest {
  private static final int ROWS = 2000;
  private static final int ROWS_FOR_ISOTONIC = 8000; // of validation: 1000 positives
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Parameters for few rows. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "xgboost", "{\"rounds\": 60, \"min_child_weight\": 1}",
          "lightgbm", "{\"rounds\": 60}",
          "randomforest", "{\"trees\": 40, \"min_child_weight\": 2}",
          "logistic", "{\"C\": 1, \"quadratic\": true}");

  @TempDir static Path folder;
  private static final Map<String, float[]> JAVA = new HashMap<>();
  private static JsonNode python;

  static Stream<String> learners() {
    return Trainers.all().stream().map(Trainer::name);
  }

  /**
   * Each learner without a calibrator, by its name alone, and with each; the boosted ones refitted
   * on train and validation rows, too.
   */
  static Stream<String> models() {
    return Stream.concat(
        learners().flatMap(name -> Stream.of(name, name + "-platt", name + "-isotonic")),
        Stream.of("xgboost-platt-refit", "lightgbm-platt-refit"));
  }

  static Stream<String> learnersWithANativeFlavor() {
    return learners().filter(name -> !name.equals("logistic"));
  }

  @BeforeAll
  static void scoreInBoth() throws Exception {
    Python.interpreter(); // before there is any work
    FeatureTable table = Offers.table(ROWS, 3);
    for (String name : models().toList()) {
      String learner = name.split("-")[0];
      String calibration = name.equals(learner) ? "none" : name.split("-")[1];
      Path folderOfModel = Files.createDirectory(folder.resolve(name));
      boolean isRefitted = name.endsWith("-refit");
      String parameters =
          PARAMETERS
              .get(learner)
              .replace(
                  "}",
                  ", \"calibration\": \"%s\", \"refit\": %b}".formatted(calibration, isRefitted));
      Offers.train(folderOfModel, learner, parameters, isRefitted ? 1000 : ROWS_FOR_ISOTONIC, 2);
      Model model = Model.load(folderOfModel);
      assertThat(model.calibrator().name()).as(name).isEqualTo(calibration);
      JAVA.put(name, model.scorer().scores(table.values(), ROWS));
    }
    ByteBuffer features =
        ByteBuffer.allocate(table.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    features.asFloatBuffer().put(table.values());
    Files.write(folder.resolve("features.f32"), features.array());
    Files.writeString(folder.resolve("rows.csv"), Offers.csv(ROWS, 3));
    Files.writeString(folder.resolve("learners"), String.join("\n", models().toList()));
    copyWithAnotherVersion("lightgbm", "model.txt", "version=v4", "version=v5");
    String version = "version[#L\0\0\0\0\0\0\0\3i\3i";
    copyWithAnotherVersion("xgboost", "model.ubj", version + "\0i\4", version + "\4i\0");
    Python.run("score.py", folder);
    python = JSON.readTree(folder.resolve("scores.json").toFile());
  }

  private static void copyWithAnotherVersion(
      String learner, String file, String version, String other) throws IOException {
    Path copy = folder.resolve("other-" + learner);
    try (Stream<Path> files = Files.walk(folder.resolve(learner))) {
      for (Path from : files.toList()) {
        Files.copy(from, copy.resolve(folder.resolve(learner).relativize(from)));
      }
    }
    String model = Files.readString(copy.resolve(file), StandardCharsets.ISO_8859_1);
    assertThat(model).contains(version);
    Files.writeString(
        copy.resolve(file), model.replace(version, other), StandardCharsets.ISO_8859_1);
  }

  @Test
  void modelFilesOfAnotherVersionAreRejected() {
    assertThat(python.get("load_errors"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "model.txt has the format v5; only v4 is read here: train it again",
            "model.ubj was written by XGBoost 3.4.0, installed is XGBoost 3.0.4, which may score it"
                + " differently: pip install xgboost==3.4.0");
    assertThatThrownBy(() -> Model.load(folder.resolve("other-xgboost")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("written by XGBoost 3.4.0");
    assertThatThrownBy(() -> Model.load(folder.resolve("other-lightgbm")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the format v5");
  }

  @ParameterizedTest
  @MethodSource("models")
  void theRawColumnsAsTexts(String learner) {
    assertScores(learner, "texts");
  }

  @ParameterizedTest
  @MethodSource("models")
  void theRawColumnsAsPandasReadsThem(String learner) {
    assertScores(learner, "typed");
  }

  @ParameterizedTest
  @MethodSource("learnersWithANativeFlavor")
  void theNativeFlavor(String learner) {
    assertScores(learner, "native");
  }

  @Test
  void theOneWithoutANativeFlavorSaysSo() {
    assertThat(python.get("logistic").get("native").isNull()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("learners")
  void theFeaturesAreEncodedToTheBit(String learner) {
    assertThat(python.get(learner).get("features_equal").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("models")
  void theLabelsFollowTheThreshold(String learner) {
    double threshold = Model.load(folder.resolve(learner)).threshold();
    JsonNode labels = python.get(learner).get("labels");
    for (int row = 0; row < ROWS; row++) {
      assertThat(labels.get(row).asInt()).isEqualTo(JAVA.get(learner)[row] >= threshold ? 1 : 0);
    }
  }

  @Test
  void invalidCellsAreRejected() {
    assertThat(python.get("xgboost").get("rejections"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "row 1, age is '17': below 18",
            "row 1, age is 'x': not a number",
            "row 1, sex is 'd': must be one of f, m",
            "row 1, income is '': value is missing",
            "row 1, size is 'huge': must be one of small, medium, large",
            "column income is missing");
  }

  private static void assertScores(String learner, String name) {
    for (int row = 0; row < ROWS; row++) {
      float score = (float) python.get(learner).get(name).get(row).asDouble();
      assertThat(score).as("row %d", row).isEqualTo(JAVA.get(learner)[row]);
    }
  }
}
