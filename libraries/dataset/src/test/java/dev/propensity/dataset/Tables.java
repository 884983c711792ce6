package dev.propensity.dataset;

import dev.propensity.dataset.specification.DatasetSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Specifications and tables that tests share. */
public final class Tables {
  private Tables() {}

  /** The repository's root. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("datasets/insurance.yaml"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  public static DatasetSpec insurance() {
    try {
      return DatasetSpec.parse(
          Files.readString(root().resolve("datasets/insurance.yaml")), "insurance.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The real insurance rows; the test is skipped where they are absent, but not in CI. */
  public static InputStream insuranceRows() throws IOException {
    return new GZIPInputStream(
        Files.newInputStream(shared("data/insurance/train.csv.gz")), 1 << 16);
  }

  /** A file or folder of the shared rows; the test is skipped where it is absent, but not in CI. */
  public static Path shared(String name) {
    String shared = System.getenv().getOrDefault("PROPENSITY_SHARED", "../shared");
    Path rows = root().resolve(shared).resolve(name);
    if (!Files.exists(rows) && !"true".equals(System.getenv("CI"))) {
      Assumptions.abort("skipped: the real rows are not at " + rows + "; set PROPENSITY_SHARED");
    }
    return rows;
  }

  /** A test resource's text. */
  public static String text(String resource) {
    try (InputStream in = Tables.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
