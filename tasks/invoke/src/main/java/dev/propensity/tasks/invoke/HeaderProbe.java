package dev.propensity.tasks.invoke;

import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.RowsRejectedException;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CsvReader;
import dev.propensity.table.Dialect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens a table with the separator that its endpoint detects from its model's columns and reports
 * in its responses. A request with the header alone is sent if the header contains more than one
 * possible separator, so that records are not split by another one.
 */
final class HeaderProbe {
  private static final int START = 1 << 18;

  /** A record of one cell, so that a header of several cells gives an error of this row. */
  private static final String ROW = "0\n";

  private final Endpoint endpoint;
  private final String where;

  /**
   * @param where the table's name, for errors
   */
  HeaderProbe(Endpoint endpoint, String where) {
    this.endpoint = endpoint.probing();
    this.where = where;
  }

  /**
   * Reads the header.
   *
   * @param csv the table, closed by the caller
   */
  CsvReader open(InputStream csv) throws IOException {
    byte[] start = csv.readNBytes(START);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), csv);
    return CsvReader.open(whole, where, columns(start));
  }

  /** The table's columns, by which its separator is detected; empty if it is not needed. */
  private Set<String> columns(byte[] start) {
    CsvReader table;
    try {
      table = read(start);
    } catch (UserException e) {
      return Set.of(); // the whole table is rejected for the same reason
    }
    String header = new String(table.headerText(), StandardCharsets.UTF_8);
    if (Dialect.SEPARATORS.stream().filter(sign -> header.indexOf(sign) >= 0).count() < 2) {
      return Set.of();
    }
    Character separator = detected(header);
    if (separator == null || separator == table.dialect().separator()) {
      return Set.of();
    }
    String names = header.startsWith("\uFEFF") ? header.substring(1) : header;
    String directive = "sep=" + separator + "\n";
    return new HashSet<>(read((directive + names).getBytes(StandardCharsets.UTF_8)).header());
  }

  private CsvReader read(byte[] table) {
    return CsvReader.open(new ByteArrayInputStream(table), where, Set.of());
  }

  /** The separator that the endpoint detects; null if it reports none. */
  private @Nullable Character detected(String header) {
    String csv;
    try {
      csv = endpoint.scoreCsv((header + ROW).getBytes(StandardCharsets.UTF_8), null).csv();
    } catch (RowsRejectedException e) {
      csv = e.csv();
    }
    return Dialect.parse(csv).map(Dialect::separator).orElse(null);
  }
}
