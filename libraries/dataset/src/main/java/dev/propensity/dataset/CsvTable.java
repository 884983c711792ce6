package dev.propensity.dataset;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.propensity.foundation.Spelling;
import dev.propensity.foundation.UserException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A CSV with a header, read row by row: RFC 4180 with commas, in UTF-8 with or without a byte order
 * mark, lines ended by LF, CR LF or CR, empty lines skipped.
 */
final class CsvTable {
  private static final int BUFFER = 1 << 16;
  private static final int SHOWN = 10;

  private final String where;
  private final CloseableIterator<Row> rows;
  private final List<String> header = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private long line = 1;

  /**
   * Reads the header.
   *
   * @param where the file's name, for errors
   */
  CsvTable(InputStream in, String where) {
    this.where = where;
    this.rows =
        CsvReader.builder()
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .build(new Row(), new InputStreamReader(text(in), StandardCharsets.UTF_8.newDecoder()))
            .iterator();
    Row first = next();
    if (first == null) {
      throw new UserException(where + " is empty");
    }
    for (int i = 0; i < first.cells(); i++) {
      header.add(first.cell(i));
    }
    check();
  }

  /** Skips UTF-8's byte order mark, and refuses what is not UTF-8 by its first bytes. */
  private InputStream text(InputStream in) {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
    try {
      buffered.mark(4);
      byte[] start = buffered.readNBytes(3);
      buffered.reset();
      if (start.length >= 2) {
        int two = (start[0] & 0xFF) << 8 | (start[1] & 0xFF);
        if (two == 0xFEFF || two == 0xFFFE || start[0] == 0 || start[1] == 0) {
          throw new UserException(where + " is in UTF-16; save it as UTF-8");
        }
        if (two == 0x1F8B) {
          throw new UserException(where + " is compressed by gzip; unpack it first");
        }
        if (start.length == 3 && two == 0xEFBB && (start[2] & 0xFF) == 0xBF) {
          buffered.skipNBytes(3);
        }
      }
      return buffered;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check() {
    if (header.size() == 1) {
      for (String separator : List.of(";", "\t", "|")) {
        if (header.get(0).contains(separator)) {
          String shown = separator.equals("\t") ? "tabs" : "'" + separator + "'";
          throw new UserException(
              where + ", line 1: cells are separated by " + shown + "; save it with commas");
        }
      }
    }
    for (int i = 0; i < header.size(); i++) {
      if (places.putIfAbsent(header.get(i), i) != null) {
        throw new UserException(
            where
                + ", line 1: the column '"
                + header.get(i)
                + "' is doubled; rename or remove one");
      }
    }
  }

  List<String> header() {
    return header;
  }

  /** The column's place, or -1. */
  int find(String column) {
    return places.getOrDefault(column, -1);
  }

  /**
   * The columns' places.
   *
   * @throws UserException that lists the columns that are missing, the first ten of many
   */
  int[] require(List<String> columns) {
    List<String> missing = columns.stream().filter(column -> find(column) < 0).toList();
    if (!missing.isEmpty()) {
      String names = String.join(", ", missing.stream().limit(SHOWN).map(this::described).toList());
      String more = missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : "";
      String noun = missing.size() == 1 ? "the column " : "the columns ";
      throw new UserException(where + ", line 1: lacks " + noun + names + more);
    }
    return columns.stream().mapToInt(this::find).toArray();
  }

  private String described(String missing) {
    return Spelling.closest(missing, header)
        .map(near -> "'" + missing + "' (it has '" + near + "')")
        .orElse("'" + missing + "'");
  }

  /** The next row, which is used again for the one after it; null at the end. */
  Row next() {
    try {
      if (!rows.hasNext()) {
        return null;
      }
      Row row = rows.next();
      line = row.line();
      return row;
    } catch (CsvParseException e) {
      throw unreadable(e);
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof CharacterCodingException ? notUtf8(e) : e;
    }
  }

  private UserException notUtf8(Exception e) {
    return new UserException(where + ": not UTF-8 in or after line " + line + "; save it so", e);
  }

  private UserException unreadable(CsvParseException e) {
    if (e.getCause() instanceof CharacterCodingException) {
      return notUtf8(e);
    }
    Throwable reason = e.getCause() == null ? e : e.getCause();
    return new UserException(
        where + ": not CSV in or after line " + line + ": " + reason.getMessage(), e);
  }
}
