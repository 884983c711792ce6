package dev.propensity.table;

/**
 * Some whole records of a CSV, one after another. Each ends in a line end.
 *
 * @param bytes holds the records from {@code from} to {@code to}; must not be modified
 * @param line the line of the file on which the first of them begins, from 1
 * @param lines how many line ends there are: at least as many as records
 */
public record CsvChunk(byte[] bytes, int from, int to, long line, int lines) {
  /** How many bytes the records have. */
  public int length() {
    return to - from;
  }
}
