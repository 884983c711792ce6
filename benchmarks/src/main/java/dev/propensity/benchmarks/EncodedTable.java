package dev.propensity.benchmarks;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** All rows of a table, encoded. */
record EncodedTable(Encoder encoder, FeatureTable table) {
  /** Encodes all rows; the encoder is fitted on the train split's values, never on labels. */
  static EncodedTable read(Path csv, DatasetSpec spec) throws Exception {
    Path folder = Files.createTempDirectory("encoded-table");
    try (InputStream in = Files.newInputStream(csv)) {
      InputStream text = csv.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
      Preprocessing.run(text, csv.toString(), spec, folder);
      return new EncodedTable(
          Encoder.read(folder.resolve(Encoder.FILE)),
          FeatureTable.read(folder.resolve(Split.TRAIN.fileName()))
              .and(FeatureTable.read(folder.resolve(Split.VALIDATION.fileName())))
              .and(FeatureTable.read(folder.resolve(Split.TEST.fileName()))));
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
