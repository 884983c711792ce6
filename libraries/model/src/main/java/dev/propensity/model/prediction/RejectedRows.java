package dev.propensity.model.prediction;

import dev.propensity.table.CellError;
import dev.propensity.table.CsvWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file of rows that were quarantined; it exists if there are any. */
final class RejectedRows implements AutoCloseable {
  private final Path file;
  private @Nullable CsvWriter out;

  RejectedRows(Path file) {
    this.file = file;
  }

  void add(CellError error) {
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
