package dev.propensity.artifacts;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.encoder.RowGroups;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.Column;
import dev.propensity.model.Model;
import dev.propensity.model.evaluation.ScoredModel;
import dev.propensity.model.metric.ScoredRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * The test split's rows in their source columns.
 *
 * @param file the rows, a CSV
 * @param where its name in error messages
 */
public record TestRows(Path file, String where) {

  /** By these columns' names, the group of each row; see {@link RowGroups}. */
  public SortedMap<String, String[]> groups(List<Column> columns, Encoder encoder)
      throws IOException {
    try (InputStream csv = Files.newInputStream(file)) {
      return RowGroups.read(csv, where, columns, encoder);
    }
  }

  /** Scores every row as the server does: raw cells through the model's own encoder. */
  public ScoredModel score(Model model) throws IOException {
    FeatureTable table;
    try (InputStream csv = Files.newInputStream(file)) {
      table = FeatureTable.encodeLabeled(csv, where, model.encoder());
    }
    float[] scores = model.scorer().scores(table.values(), table.rows());
    ScoredRows rows = ScoredRows.of("the test split", table.labels(), scores);
    return new ScoredModel(rows, model.threshold(), model.calibrationLine());
  }
}
