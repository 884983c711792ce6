package dev.propensity.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessingTest {
  @TempDir Path folder;

  @Test
  void readsTheRealRows() throws Exception {
    DataReport report;
    try (InputStream csv = Tables.insuranceRows()) {
      report = Preprocessing.run(csv, "train.csv", Tables.insurance(), folder);
    }
    assertThat(report.rows())
        .containsOnly(
            entry("train", 167_240L), entry("validation", 38_287L), entry("test", 51_476L));
    Encoder encoder = Encoder.read(folder.resolve("encoder.json"));
    FeatureTable test = FeatureTable.read(folder.resolve("test.arrow"));
    try (InputStream csv = Files.newInputStream(folder.resolve("test-rows.csv"))) {
      FeatureTable again = encoder.encode(csv, "test-rows.csv");
      assertThat(again.values()).isEqualTo(test.values());
      assertThat(again.identifiers()).isEqualTo(test.identifiers());
      assertThat(again.labels()).isEqualTo(test.labels());
    }
  }
}
