package dev.propensity.parquet;

import dev.propensity.table.SourceFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of rows and columns in messages: {@code row 12}, or {@code row 12 of part-0.parquet}.
 */
final class ParquetFormat implements SourceFormat {
  private final List<Part> parts;
  private final long[] rows;
  private final Map<String, String> unread;

  /**
   * @param rows of each part
   * @param unread the types of the columns that are not read, by their names as names are compared
   */
  ParquetFormat(List<Part> parts, long[] rows, Map<String, String> unread) {
    this.parts = parts;
    this.rows = rows;
    this.unread = unread;
  }

  @Override
  public boolean hasLines() {
    return false;
  }

  @Override
  public String record(long number) {
    if (parts.size() == 1) {
      return "row " + number;
    }
    long left = number;
    int part = 0;
    while (part < rows.length - 1 && left > rows[part]) {
      left -= rows[part++];
    }
    return "row " + left + " of " + parts.get(part).name();
  }

  @Override
  public String records(long first, long second) {
    return parts.size() == 1
        ? "rows " + first + " and " + second
        : record(first) + " and " + record(second);
  }

  @Override
  public String header(long line) {
    return "";
  }

  @Override
  public Optional<String> missing(String column) {
    return Optional.ofNullable(unread.get(column))
        .map(type -> "the column is " + type + "; write it as a number, text, date or timestamp");
  }
}
