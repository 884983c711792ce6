package dev.propensity.model;

import dev.propensity.dataset.DatasetSpec;
import dev.propensity.dataset.Preprocessing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** The real insurance rows, which are no part of the project. */
public final class SharedRows {
  private static final Path PROJECT = Path.of("../..");

  private SharedRows() {}

  /** The specification of the insurance data. */
  public static DatasetSpec specification() throws IOException {
    Path yaml = PROJECT.resolve("datasets/insurance.yaml");
    return DatasetSpec.parse(Files.readString(yaml), "insurance.yaml");
  }

  /**
   * Writes the features of the rows into this folder. Without the rows the test is skipped, and
   * fails where {@code CI=true}.
   */
  public static void preprocess(Path folder) throws IOException {
    String set = System.getenv("PROPENSITY_SHARED");
    Path shared = set != null ? Path.of(set) : PROJECT.resolve("../shared");
    Path rows = shared.resolve("data/insurance/train.csv.gz");
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(Files.exists(rows), "skipped: no shared rows at " + rows);
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(rows), 1 << 16)) {
      Preprocessing.run(in, "train.csv.gz", specification(), folder);
    }
  }
}
