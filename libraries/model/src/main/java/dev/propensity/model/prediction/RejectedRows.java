package dev.propensity.model.prediction;

import dev.propensity.table.CellError;
import dev.propensity.table.CsvWriter;
import java.nio.file.Path;
import java.util.List;

/** The file of rows that were set aside; it is there where there are any. */
final class RejectedRows implements AutoCloseable {
  private final Path file;
  private final boolean kept;
  private CsvWriter out;

  /**
   * @param kept whether rows are written; else the table is rejected for any
   */
  RejectedRows(Path file, boolean kept) {
    this.file = file;
    this.kept = kept;
  }

  void add(CellError error) {
    if (!kept) {
      return;
    }
    if (out == null) {
      out = new CsvWriter(file);
      out.record(List.of("line", "column", "value", "reason"));
    }
    out.record(List.of(String.valueOf(error.line()), error.column(), error.value(), error.rule()));
  }

  @Override
  public void close() {
    if (out != null) {
      out.close();
    }
  }
}
