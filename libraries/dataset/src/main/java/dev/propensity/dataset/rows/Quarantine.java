package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.table.CellError;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The quarantined rows: line, error, and the raw row. */
public final class Quarantine implements AutoCloseable {
  private final RawRecords records;
  private final CsvWriter out;

  public Quarantine(Path file, RawRecords records) {
    this.records = records;
    this.out = new CsvWriter(file);
    out.record(List.of("line", "reason", "row"));
  }

  public void add(long line, List<InvalidCell> cells, CsvChunk chunk, int recordStart) {
    CsvWriter row = new CsvWriter(256);
    records.copy(chunk, recordStart, row);
    String reason =
        cells.stream()
            .map(cell -> cell.on(line))
            .map(CellError::withoutLine)
            .collect(Collectors.joining("; "));
    String text = new String(row.bytes(), 0, row.length(), StandardCharsets.UTF_8);
    out.record(List.of(String.valueOf(line), reason, text.stripTrailing()));
  }

  @Override
  public void close() {
    out.close();
  }
}
