package dev.propensity.dataset.features;

import dev.propensity.table.arrow.ArrowColumn;
import dev.propensity.table.arrow.ArrowFileWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a split as an Arrow IPC file, batch by batch, in little memory: the identifier as utf8,
 * the label as int8, then the features as float32, none of them nullable. Categories are first
 * written with provisional codes and recoded in place when all are known.
 */
public final class ArrowWriter implements AutoCloseable {
  private final ArrowFileWriter file;
  private final ArrowBatch batch;
  private long total;

  /**
   * @param names of the identifier, the label and the features
   */
  public ArrowWriter(Path path, List<String> names) {
    this.batch = new ArrowBatch(names.size() - 2);
    this.file = new ArrowFileWriter(path, columns(names), Map.of());
  }

  private static List<ArrowColumn> columns(List<String> names) {
    List<ArrowColumn> columns = new ArrayList<>();
    for (String name : names) {
      int place = columns.size();
      ArrowColumn.Type type =
          place == 0
              ? ArrowColumn.Type.UTF8
              : place == 1 ? ArrowColumn.Type.INT8 : ArrowColumn.Type.FLOAT32;
      columns.add(new ArrowColumn(name, type, false));
    }
    return columns;
  }

  /** How many rows were added. */
  long rows() {
    return total;
  }

  /**
   * Adds a row.
   *
   * @param utf8 holds the identifier, from {@code from}
   * @param label 1 positive, 0 negative, -1 unknown
   * @param values the features
   */
  public void add(byte[] utf8, int from, int length, byte label, float[] values) {
    if (batch.isFull()) {
      flush();
    }
    batch.add(utf8, from, length, label, values);
    total++;
  }

  /**
   * Replaces the codes of a feature in all rows added so far.
   *
   * @param codes the new code by the old one; NaN stays
   */
  void recode(int feature, float[] codes) {
    flush();
    file.recode(2 + feature, codes);
  }

  private void flush() {
    if (batch.rows() > 0) {
      file.write(batch);
      batch.clear();
    }
  }

  /** Writes the rest and the footer. Further calls do nothing. */
  @Override
  public void close() {
    if (!file.isOpen()) {
      return;
    }
    try (file) {
      flush();
      file.finish(Map.of());
    }
  }
}
