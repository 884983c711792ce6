package dev.propensity.table;

import java.util.Optional;

/**
 * The format of a table's source, as far as messages show it. Every table is read as CSV; one that
 * was written in another format has no lines that its user could look up.
 */
public interface SourceFormat {
  /** A CSV as it is: messages name lines. */
  SourceFormat CSV =
      new SourceFormat() {
        @Override
        public boolean hasLines() {
          return true;
        }

        @Override
        public String record(long line) {
          return "line " + line;
        }

        @Override
        public String records(long first, long second) {
          return "lines " + first + " and " + second;
        }

        @Override
        public String header(long line) {
          return ", line " + line;
        }

        @Override
        public Optional<String> missing(String column) {
          return Optional.empty();
        }
      };

  /**
   * Whether a record is known by the line of the CSV on which it begins; else by its number among
   * the records, from 1.
   */
  boolean hasLines();

  /**
   * A record in a message: {@code line 13}.
   *
   * @param number the record's line or number, by {@link #hasLines}
   */
  String record(long number);

  /** Two records in a message: {@code lines 13 and 20}. */
  String records(long first, long second);

  /** Where the columns' names are, after the table's name: {@code , line 1}; may be empty. */
  String header(long line);

  /**
   * Why the CSV does not have this column, though the source has it; empty where the source has no
   * such column.
   *
   * @param column as names are compared; see {@link ColumnName}
   */
  Optional<String> missing(String column);
}
