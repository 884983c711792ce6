package dev.propensity.dataset;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

/** The rows set aside: their line, what is wrong, and the row itself as it stood. */
final class Quarantine implements AutoCloseable {
  private final CsvOutput out;

  Quarantine(Path file) {
    this.out = new CsvOutput(file);
    out.row(List.of("line", "reason", "row"));
  }

  void add(Row row, BadCell reason) {
    StringWriter text = new StringWriter();
    try (CsvOutput copy = new CsvOutput(text)) {
      copy.row(row);
    }
    out.row(List.of(String.valueOf(row.line()), reason.text(), text.toString().stripTrailing()));
  }

  @Override
  public void close() {
    out.close();
  }
}
