package dev.propensity.dataset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Specifications and tables that tests share. */
final class Tables {
  private Tables() {}

  /** The repository's root. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("datasets/insurance.yaml"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static DatasetSpec insurance() {
    try {
      return DatasetSpec.parse(
          Files.readString(root().resolve("datasets/insurance.yaml")), "insurance.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
