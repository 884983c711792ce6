package dev.propensity.model;

import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.specification.DatasetSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** The real rows of both datasets, which are not part of the project. */
public final class SharedRows {
  private static final Path PROJECT = Path.of("../..");

  private SharedRows() {}

  /** The specification of the insurance data. */
  public static DatasetSpec specification() throws IOException {
    return specification("insurance");
  }

  private static DatasetSpec specification(String dataset) throws IOException {
    Path yaml = PROJECT.resolve("datasets").resolve(dataset + ".yaml");
    return DatasetSpec.parse(Files.readString(yaml), dataset + ".yaml");
  }

  /** Writes the features of the insurance rows into this folder. */
  public static void preprocess(Path folder) throws IOException {
    preprocess(folder, "insurance");
  }

  /**
   * Writes the features of a dataset's rows into this folder. Without the rows the test is skipped,
   * and fails where {@code CI=true}.
   */
  public static void preprocess(Path folder, String dataset) throws IOException {
    String set = System.getenv("PROPENSITY_SHARED");
    Path shared = set != null ? Path.of(set) : PROJECT.resolve("../shared");
    Path rows = shared.resolve("data").resolve(dataset).resolve("train.csv.gz");
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(Files.exists(rows), "skipped: no shared rows at " + rows);
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(rows), 1 << 16)) {
      Preprocessing.run(in, "train.csv.gz", specification(dataset), folder);
    }
  }
}
