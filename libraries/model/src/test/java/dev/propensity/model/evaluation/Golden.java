package dev.propensity.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Golden files, which output must equal byte by byte. */
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  /**
   * Compares with a golden file; with the system property {@code golden.write} the file is
   * rewritten, for review in the diff.
   */
  static void assertEqual(String actual, String file) {
    Path path = FOLDER.resolve(file);
    try {
      if (Boolean.getBoolean("golden.write")) {
        Files.createDirectories(FOLDER);
        Files.writeString(path, actual);
      }
      assertThat(actual).isEqualTo(Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
