package dev.propensity.tasks.evaluate;

import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.dataset.FeatureTable;
import dev.propensity.dataset.RawColumns;
import dev.propensity.model.Model;
import dev.propensity.model.evaluation.ScoredModel;
import dev.propensity.model.metric.ScoredRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** The test split's rows in their source columns, and the split rule that chose them. */
final class TestRows {
  private static final String FILE = "test-rows.csv";

  private final Path file;
  private final String where;
  private final FeaturesSplit split;

  private TestRows(Path file, String where, FeaturesSplit split) {
    this.file = file;
    this.where = where;
    this.split = split;
  }

  /** Brings the rows into this folder. */
  static TestRows fetch(ArtifactStore store, Artifact features, Path folder) {
    return new TestRows(
        store.fetch(features, folder, FILE).resolve(FILE),
        features.uri().resolve(FILE).toString(),
        FeaturesSplit.of(features));
  }

  /** The rule that chose these rows. */
  FeaturesSplit split() {
    return split;
  }

  /** By name, these columns' cells. */
  SortedMap<String, String[]> columns(List<String> names) throws IOException {
    try (InputStream csv = Files.newInputStream(file)) {
      return RawColumns.read(csv, where, names);
    }
  }

  /** Scores every row as serving does: raw cells through the model's own encoder. */
  ScoredModel score(Model model) throws IOException {
    FeatureTable table;
    try (InputStream csv = Files.newInputStream(file)) {
      table = model.encoder().encode(csv, where);
    }
    float[] scores = model.scorer().scores(table.values(), table.rows());
    ScoredRows rows = ScoredRows.of("the test split", table.labels(), scores);
    return new ScoredModel(rows, model.threshold());
  }
}
