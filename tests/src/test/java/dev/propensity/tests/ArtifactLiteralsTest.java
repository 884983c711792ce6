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
import org.junit.jupiter.params.provider.ValueSource;

/** The names that a stage and its readers have in common have one owner each. */
class ArtifactLiteralsTest {
  private static final Path OWNERS =
      Path.of("../libraries/artifacts/src/main/java/dev/propensity/artifacts");

  @ParameterizedTest
  @ValueSource(strings = {"download", "preprocess", "evaluate", "compare", "predict"})
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest.json",
        "data.csv.gz",
        "raw.json",
        "encoder.json",
        "test-rows.csv",
        "quarantine.csv",
        "report.json",
        "model.json",
        "sample-rows.json",
        "baseline.json",
        "training.json",
        "MODEL_CARD.md",
        "evaluation.json",
        "comparison.json",
        "out-of-fold.arrow",
        "predictions.csv",
        "predictions.arrow",
        "predictions.json",
        "submission.csv",
        "refused.csv"
      })
  void aFilesNameIsWrittenOnce(String file) throws IOException {
    assertThat(sourcesWith('"' + file + '"')).hasSizeLessThanOrEqualTo(1);
  }

  private static List<Path> sourcesWith(String literal) throws IOException {
    try (Stream<Path> walk =
        Stream.concat(Files.walk(Path.of("../libraries")), Files.walk(Path.of("../tasks")))) {
      return walk.filter(path -> path.toString().matches(".*/src/main/java/.*\\.java"))
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
