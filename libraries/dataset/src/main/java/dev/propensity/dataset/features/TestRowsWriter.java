package dev.propensity.dataset.features;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.rows.RawRecords;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.table.CsvWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Writes the test rows in their source columns, in the order of the table. */
final class TestRowsWriter implements AutoCloseable {
  private final Path file;
  private final RawRecords records;
  private final CsvWriter out;

  TestRowsWriter(Path file, RawRecords records, List<String> header) {
    this.file = file;
    this.records = records;
    this.out = new CsvWriter(file);
    out.record(header);
  }

  void add(RowBatch batch, int row) {
    records.copy(batch.chunk(), batch.recordStart(row), out);
  }

  /**
   * Closes the file and puts decimal points in categories whose words turned out to be numbers.
   *
   * @param numeric the readers of these columns
   */
  void putPoints(Set<CellReader> numeric) {
    out.close();
    records.putPoints(file, numeric);
  }

  @Override
  public void close() {
    out.close();
  }
}
