package dev.propensity.parquet;

import dev.propensity.foundation.UserException;
import dev.propensity.table.ColumnName;
import dev.propensity.table.SourceFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * A table in a Parquet file, or in several in one folder, as Spark writes them. Columns of parts
 * are matched by their names. Lists, maps, structs and binary columns are not read.
 */
public final class ParquetTable {
  private final List<Part> parts;
  private final long[] rows;
  private final List<ParquetColumn> columns;
  private final Map<String, String> unread = new LinkedHashMap<>();

  private ParquetTable(List<Part> parts, long[] rows, List<ParquetColumn> all) {
    this.parts = parts;
    this.rows = rows;
    this.columns = all.stream().filter(ParquetColumn::isRead).toList();
    for (ParquetColumn column : all) {
      if (!column.isRead()) {
        unread.put(ColumnName.of(column.name()), column.type());
      }
    }
  }

  /**
   * Reads the footers of a table's files, which are opened again when their rows are read.
   *
   * @param table a file, or a folder of files
   * @param where the table's name, for errors
   * @throws UserException for a file that is not Parquet, damaged, incomplete or encrypted, or has
   *     other columns than the first
   */
  public static ParquetTable open(Path table, String where) throws IOException {
    List<Part> parts = Part.of(table, where);
    long[] rows = new long[parts.size()];
    List<ParquetColumn> all = List.of(); // of the first file
    for (int i = 0; i < rows.length; i++) {
      Part part = parts.get(i);
      try (ParquetFile file = ParquetFile.open(part.file(), part.where())) {
        rows[i] = file.rows();
        if (i == 0) {
          all = file.columns();
        }
        part.requireColumns(file, all, parts.get(0));
      }
    }
    ParquetTable result = new ParquetTable(parts, rows, all);
    if (result.columns.isEmpty()) {
      throw new UserException(where + " has no columns of numbers, text, dates or timestamps");
    }
    return result;
  }

  /**
   * Whether a file in a table's folder is one of its parts; others, whose names begin with an
   * underscore or a point, as {@code _SUCCESS}, have no rows.
   *
   * @param where the table's name, for errors
   * @param path of the file below the table's folder
   * @throws UserException for a path within a folder of the table's folder, since parts are in one
   *     folder, and for a table of Delta Lake, Hudi or a Spark stream
   */
  public static boolean isPart(String where, String path) {
    return Part.isPart(where, path);
  }

  /** The columns that are read, in the order of the first file. */
  public List<String> header() {
    return columns.stream().map(ParquetColumn::name).toList();
  }

  /** How many rows there are. */
  public long rows() {
    long sum = 0;
    for (long count : rows) {
      sum = Math.addExact(sum, count);
    }
    return sum;
  }

  /**
   * The table as CSV in UTF-8 with a header, decoded while it is read. Missing values are empty
   * cells, numbers the shortest decimals with the same value, dates and times in ISO 8601. Memory
   * is a page and a dictionary a column, regardless of the number of rows.
   *
   * @param decimalComma whether numbers are written with a decimal comma
   * @param limit gets the count of bytes while they are read, and throws where there are too many
   */
  public InputStream csv(boolean decimalComma, LongConsumer limit) {
    return new ParquetCsv(columns, parts, decimalComma, limit);
  }

  /** How errors name the rows and columns of {@link #csv}. */
  public SourceFormat format() {
    return new ParquetFormat(parts, rows, unread);
  }
}
