package dev.propensity.table;

import dev.propensity.foundation.UserException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** The names of columns, as they are compared: trimmed, in Unicode's form NFC. */
public final class ColumnName {
  /**
   * Longer texts are compared as they are: normalizing marks takes time that is quadratic in their
   * number.
   */
  public static final int MAX_NORMALIZED_LENGTH = 1024;

  private static final int MAX_COLUMNS = 1 << 14;

  private ColumnName() {}

  /** A column's name as names are compared: trimmed, in Unicode's form NFC. */
  public static String of(String text) {
    if (text.length() > MAX_NORMALIZED_LENGTH) {
      return text.strip();
    }
    return isPlain(text) ? text : Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
  }

  /** Whether two texts name one column. */
  public static boolean same(String name, String other) {
    return of(name).equals(of(other));
  }

  /**
   * Whether the text is ASCII without blanks, as most names are; it is checked for names in each
   * JSON row.
   */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The names in a line that need not be in UTF-8. */
  static List<String> read(CsvChunk line, char separator) {
    List<String> names = new ArrayList<>();
    CsvCells cells = new CsvCells("", separator);
    cells.open(line);
    try {
      while (names.isEmpty() && cells.nextRecord()) {
        do {
          cells.cell();
          int length = cells.end() - cells.start();
          names.add(of(new String(cells.text(), cells.start(), length, StandardCharsets.UTF_8)));
        } while (!cells.endsRecord());
      }
    } catch (UserException e) {
      return List.of(); // not a CSV with this separator
    }
    return names;
  }

  /**
   * The names in the next record.
   *
   * @param where the file's name, for errors
   * @return none at the chunk's end
   * @throws UserException for more than {@value #MAX_COLUMNS} names, or text that is not UTF-8
   */
  static List<String> read(CsvCells cells, String where) {
    List<String> names = new ArrayList<>();
    CellText text = new CellText(where);
    if (!cells.nextRecord()) {
      return names;
    }
    do {
      cells.cell();
      text.set(cells);
      names.add(of(text.string()));
      if (names.size() > MAX_COLUMNS) {
        throw new UserException(
            where + ", line " + cells.recordLine() + ": more than " + MAX_COLUMNS + " columns");
      }
    } while (!cells.endsRecord());
    return names;
  }
}
