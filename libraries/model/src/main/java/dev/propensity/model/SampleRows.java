package dev.propensity.model;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.model.trainer.Scorer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows with recorded scores, which verify a model wherever it is loaded: validation rows spread
 * evenly over the table, then for each column that allows it one with the cell empty and one with
 * an unseen value.
 */
final class SampleRows {
  /** How many validation rows are taken as they are. */
  private static final int PLAIN = 16;

  private final Encoder encoder;
  private final Scorer scorer;

  SampleRows(Encoder encoder, Scorer scorer) {
    this.encoder = encoder;
    this.scorer = scorer;
  }

  List<Model.SampleRow> of(FeatureTable validation) {
    RawRows raw = new RawRows(encoder);
    List<Map<String, String>> rows = new ArrayList<>();
    int plain = Math.min(PLAIN, validation.rows());
    for (int i = 0; i < plain; i++) {
      int row = (int) ((long) i * validation.rows() / plain);
      rows.add(raw.of(validation.values(), row * encoder.features().size()));
    }
    int template = 0;
    for (Encoder.Feature feature : encoder.columns()) {
      Column column = feature.column();
      if (column.missing()) {
        rows.add(with(rows.get(template++ % plain), column, ""));
      }
      if (column.kind() == ColumnKind.CATEGORY && column.values().isEmpty()) {
        rows.add(with(rows.get(template++ % plain), column, RawRows.unseen(feature)));
      }
    }
    return rows.stream().map(this::scored).toList();
  }

  private Model.SampleRow scored(Map<String, String> row) {
    return new Model.SampleRow(row, Model.score(encoder, scorer, row));
  }

  private static Map<String, String> with(Map<String, String> row, Column column, String value) {
    Map<String, String> changed = new LinkedHashMap<>(row);
    changed.put(column.name(), value);
    return changed;
  }
}
