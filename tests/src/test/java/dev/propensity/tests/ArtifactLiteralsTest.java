package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** File names that are shared by a stage and its readers are defined once. */
class ArtifactLiteralsTest {
  private static final Path OWNERS =
      Path.of("../libraries/artifacts/src/main/java/dev/propensity/artifacts");

  @ParameterizedTest
  @ValueSource(
      strings = {"download", "preprocess", "evaluate", "compare", "predict", "performance"})
  void onlyItsArtifactNamesAProducer(String producer) throws IOException {
    assertThat(sourcesWith('"' + producer + '"'))
        .hasSize(1)
        .allMatch(path -> path.startsWith(OWNERS));
  }

  @Test
  void onlyTheTrainedModelNamesTrainAsAProducer() throws IOException {
    // In dataset and model it is the name of a split.
    assertThat(sourcesWith("\"train\""))
        .filteredOn(path -> !path.toString().matches("../libraries/(dataset|model)/.*"))
        .isNotEmpty()
        .allMatch(path -> path.startsWith(OWNERS));
  }

  /** The libraries that write a file define its name; they do not depend on artifacts. */
  @ParameterizedTest
  @CsvSource({
    "manifest.json, storage, storage/Manifest",
    "data.csv.gz, artifacts, artifacts/RawTable",
    "raw.json, artifacts, artifacts/RawTable",
    "encoder.json, dataset, dataset/encoder/Encoder",
    "test-rows.csv, dataset, dataset/features/Preprocessing",
    "quarantine.csv, dataset, dataset/profile/DataReport",
    "report.json, dataset, dataset/profile/DataReport",
    "report.html, report, report/HtmlPage",
    "model.json, model, model/ModelDirectory",
    "sample-rows.json, model, model/ModelDirectory",
    "baseline.json, model, model/ModelDirectory",
    "training.json, model, model/ModelDirectory",
    "MODEL_CARD.md, model, model/ModelDirectory",
    "evaluation.json, model, model/evaluation/Evaluation",
    "comparison.json, model, model/comparison/Comparison",
    "out-of-fold.arrow, model, model/comparison/OutOfFold",
    "performance.json, monitoring, monitoring/performance/Performance",
    "sources.json, artifacts, artifacts/PerformanceArtifact",
    "profile.json, monitoring, monitoring/profile/Profile",
    "segments.json, artifacts, artifacts/ProfileArtifact",
    "predictions.csv, model, model/prediction/PredictionFiles",
    "predictions.arrow, model, model/prediction/PredictionFiles",
    "predictions.json, model, model/prediction/PredictionReport",
    "submission.csv, model, model/prediction/PredictionFiles",
    "rejected.csv, model, model/prediction/BatchPrediction"
  })
  void aFilesNameIsWrittenByItsOwnerAlone(String file, String library, String owner)
      throws IOException {
    assertThat(sourcesWith('"' + file + '"'))
        .containsExactly(
            Path.of("../libraries", library, "src/main/java/dev/propensity", owner + ".java"));
  }

  private static List<Path> sourcesWith(String literal) throws IOException {
    try (Stream<Path> walk =
        Stream.concat(Files.walk(Path.of("../libraries")), Files.walk(Path.of("../tasks")))) {
      return walk.filter(path -> !path.startsWith("../libraries/testing"))
          .filter(path -> path.toString().matches(".*/src/main/java/.*\\.java"))
          .filter(path -> read(path).contains(literal))
          .toList();
    }
  }

  private static String read(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
