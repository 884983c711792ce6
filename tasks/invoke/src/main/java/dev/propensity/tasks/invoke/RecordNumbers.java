package dev.propensity.tasks.invoke;

import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import java.util.Arrays;

/** The numbers of a table's records, by the lines on which they begin, for one chunk at a time. */
final class RecordNumbers {
  private final CsvCells cells;
  private long[] lines = {};
  private int count;
  private long before; // records of earlier chunks

  /**
   * @param cells of the table
   */
  RecordNumbers(CsvCells cells) {
    this.cells = cells;
  }

  /** Goes to the next chunk. */
  void next(CsvChunk chunk) {
    before += count;
    count = 0;
    if (lines.length < chunk.lines()) {
      lines = new long[chunk.lines()];
    }
    cells.open(chunk);
    while (cells.nextRecord()) {
      lines[count++] = cells.recordLine();
      while (!cells.endsRecord()) {
        cells.cell();
      }
    }
  }

  /**
   * The number of the record, from 1.
   *
   * @param line of the table on which a record of the chunk begins
   */
  long of(long line) {
    int place = Arrays.binarySearch(lines, 0, count, line);
    return before + (place < 0 ? -place - 1 : place + 1);
  }
}
