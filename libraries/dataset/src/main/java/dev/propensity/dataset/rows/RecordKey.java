package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.rows.key.SplitKey;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decides the split of the record that is read; reused for the next record. */
final class RecordKey {
  /** The role of the column that decides; {@link HeaderRoles#NONE} where there is none. */
  final int role;

  private final @Nullable SplitKey key; // null where the identifier decides

  RecordKey(RowSchema schema, List<CellReader> readers, DecimalSign decimal) {
    this.role = HeaderRoles.ofSplit(schema);
    this.key =
        schema.fitted() == null ? null : SplitKey.of(schema.fitted(), readers, decimal::keyWord);
  }

  /**
   * Takes the last cell, as it is in the table; its error is added unless it has one already.
   *
   * @param text is overwritten
   */
  void take(CsvCells cells, CellText text, RecordErrors errors) {
    text.set(cells);
    InvalidCell error = key == null ? null : key.take(text.string());
    if (error != null && !errors.has(error.column)) {
      errors.add(error);
    }
  }

  /** Puts the key of a valid record in its batch, before the record is added. */
  void addTo(RowBatch batch) {
    if (key != null) {
      batch.setKey(key.bytes(feature -> batch.value(0, batch.rows(), feature)));
    }
  }
}
