package dev.propensity.parquet;

import dev.propensity.foundation.UserException;
import dev.propensity.table.SourceFormat;
import dev.propensity.table.file.FileKind;
import dev.propensity.table.file.TemporaryCopy;
import dev.propensity.table.file.Unpacked;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A table read as CSV by its content, whatever its name: a CSV or a Parquet file, as it is, in
 * gzip, or alone in a ZIP; or a folder of Parquet files.
 */
public final class TableFile implements Closeable {
  private static final int START = 16;

  private final InputStream csv;
  private final SourceFormat format;
  private final @Nullable Path copy;

  private TableFile(InputStream csv, SourceFormat format, @Nullable Path copy) {
    this.csv = csv;
    this.format = format;
    this.copy = copy;
  }

  /**
   * Opens a table.
   *
   * @param where the table's name, for errors
   * @param decimalComma whether the numbers of a Parquet file are written with a decimal comma
   * @param limit gets the count of decompressed bytes while they are read, and throws where there
   *     are too many
   * @throws UserException if the file is damaged, or is a ZIP of no or several files
   */
  public static TableFile open(Path table, String where, boolean decimalComma, LongConsumer limit)
      throws IOException {
    if (Files.isDirectory(table) || isParquet(table)) {
      return parquet(table, where, decimalComma, limit, null);
    }
    return of(Unpacked.file(table, where, limit), where, decimalComma, limit);
  }

  /** Opens a table that arrives as a stream. A Parquet file is first copied to a temporary file. */
  public static TableFile open(
      InputStream in, String where, boolean decimalComma, LongConsumer limit) throws IOException {
    return of(Unpacked.open(in, where, limit), where, decimalComma, limit);
  }

  private static TableFile of(
      InputStream in, String where, boolean decimalComma, LongConsumer limit) throws IOException {
    InputStream table = new BufferedInputStream(in, START);
    try {
      if (!isParquet(table)) {
        return new TableFile(table, SourceFormat.CSV, null);
      }
    } catch (IOException | RuntimeException e) {
      table.close();
      throw e;
    }
    try (table) {
      TemporaryCopy temporary = new TemporaryCopy(where, "a Parquet file");
      Path copy = temporary.create();
      try {
        temporary.write(table, copy);
        return parquet(copy, where, decimalComma, limit, copy);
      } catch (IOException | RuntimeException e) {
        Files.delete(copy);
        throw e;
      }
    }
  }

  private static TableFile parquet(
      Path table, String where, boolean decimalComma, LongConsumer limit, @Nullable Path copy)
      throws IOException {
    ParquetTable rows = ParquetTable.open(table, where);
    return new TableFile(rows.csv(decimalComma, limit), rows.format(), copy);
  }

  private static boolean isParquet(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(START);
      return FileKind.of(start, start.length) == FileKind.PARQUET;
    }
  }

  private static boolean isParquet(InputStream in) throws IOException {
    in.mark(START);
    byte[] start = in.readNBytes(START);
    in.reset();
    return FileKind.of(start, start.length) == FileKind.PARQUET;
  }

  /** The rows; {@link #close} closes it. */
  public InputStream csv() {
    return csv;
  }

  /** How errors name rows and columns. */
  public SourceFormat format() {
    return format;
  }

  /** The temporary copy; null where the table is read in place. */
  @Nullable Path copy() {
    return copy;
  }

  @Override
  public void close() throws IOException {
    try {
      csv.close();
    } finally {
      if (copy != null) {
        Files.deleteIfExists(copy);
      }
    }
  }
}
