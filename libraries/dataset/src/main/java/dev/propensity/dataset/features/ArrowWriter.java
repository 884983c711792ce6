package dev.propensity.dataset.features;

import java.nio.file.Path;
import java.util.List;

/**
 * Writes a split as an Arrow IPC file, batch by batch, in little memory. Categories are first
 * written with provisional codes and recoded in place when all are known.
 */
public final class ArrowWriter implements AutoCloseable {
  private final ArrowFile file;
  private final ArrowBatch batch;
  private long total;

  /**
   * @param names of the identifier, the label and the features
   */
  public ArrowWriter(Path path, List<String> names) {
    this.batch = new ArrowBatch(names.size() - 2);
    this.file = new ArrowFile(path, names);
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
    file.recode(feature, codes);
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
      file.finish();
    }
  }
}
