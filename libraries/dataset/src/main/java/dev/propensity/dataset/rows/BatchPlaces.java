package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.InvalidCell;
import java.util.List;

/** Where the rows of a batch are in the table. */
final class BatchPlaces {
  private final long[] lines;
  private final int[] numbers; // of the records within the chunk, from 0
  private final int[] starts; // bytes of the chunk

  BatchPlaces(int capacity) {
    this.lines = new long[capacity];
    this.numbers = new int[capacity];
    this.starts = new int[capacity];
  }

  void put(int row, long line, int number, int start) {
    lines[row] = line;
    numbers[row] = number;
    starts[row] = start;
  }

  void move(int row, int to) {
    put(to, lines[row], numbers[row], starts[row]);
  }

  long line(int row) {
    return lines[row];
  }

  int number(int row) {
    return numbers[row];
  }

  int start(int row) {
    return starts[row];
  }

  /** The row with its error. */
  InvalidRow invalid(int row, InvalidCell error) {
    return new InvalidRow(lines[row], numbers[row], starts[row], List.of(error));
  }
}
