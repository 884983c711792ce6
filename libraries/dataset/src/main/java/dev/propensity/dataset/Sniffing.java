package dev.propensity.dataset;

import dev.propensity.foundation.UserException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells by a file's first bytes how its CSV is written, and refuses what is no text at all. */
final class Sniffing {
  private static final String DIRECTIVE = "sep=";

  private final String where;
  private final byte[] start;

  /**
   * @param where the file's name, for errors
   * @param ahead its first bytes
   * @throws UserException where they are no UTF-8 text
   */
  Sniffing(String where, ByteBuffer ahead) {
    this.where = where;
    this.start = new byte[ahead.remaining()];
    ahead.get(start);
    refuseWhatIsNoText();
  }

  private void refuseWhatIsNoText() {
    if (start.length == 0) {
      throw new UserException(where + " is empty");
    }
    int two = start.length < 2 ? 0xFFFFFF : (start[0] & 0xFF) << 8 | (start[1] & 0xFF);
    if (two == 0x504B) {
      throw new UserException(where + " is a workbook or a ZIP; save it as CSV in UTF-8");
    }
    if (two == 0x1F8B) {
      throw new UserException(where + " is compressed by gzip; unpack it first");
    }
    if (two == 0xFEFF || two == 0xFFFE) {
      throw new UserException(where + " is in UTF-16; save it as UTF-8");
    }
    for (byte c : start) {
      if (c == 0) {
        throw new UserException(where + " is no text, or in UTF-16; save it as CSV in UTF-8");
      }
    }
  }

  /** The length of UTF-8's byte order mark where there is one, else 0. */
  int mark() {
    boolean marked =
        start.length >= 3
            && start[0] == (byte) 0xEF
            && start[1] == (byte) 0xBB
            && start[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /** Whether the first line only names the separator, as in {@code sep=;}. */
  boolean hasDirective() {
    int at = mark();
    int end = at + DIRECTIVE.length() + 1;
    return start.length > end
        && new String(start, at, DIRECTIVE.length(), StandardCharsets.US_ASCII)
            .equalsIgnoreCase(DIRECTIVE)
        && Dialect.SEPARATORS.contains((char) start[end - 1])
        && (start[end] == '\n' || start[end] == '\r');
  }

  /** The separator by which the header has the most of these columns, else the most cells. */
  char separator(Set<String> columns) {
    if (hasDirective()) {
      return (char) start[mark() + DIRECTIVE.length()];
    }
    char best = ',';
    long most = -1;
    for (char separator : Dialect.SEPARATORS) {
      List<String> names = header(separator);
      long known = names.stream().filter(columns::contains).distinct().count();
      long rank = known << 32 | names.size();
      if (rank > most) {
        best = separator;
        most = rank;
      }
    }
    return best;
  }

  private List<String> header(char separator) {
    ByteArrayInputStream in = new ByteArrayInputStream(start, mark(), start.length - mark());
    ByteCells cells = new ByteCells(in, where, start.length);
    cells.separator(separator);
    List<String> names = new ArrayList<>();
    try {
      if (cells.nextRow()) {
        int after;
        do {
          after = cells.cell();
          int length = cells.end() - cells.start();
          names.add(new String(cells.text(), cells.start(), length, StandardCharsets.UTF_8));
        } while (after == ByteCells.SEPARATOR);
      }
    } catch (UserException e) {
      return List.of(); // no CSV with this separator
    }
    return names;
  }
}
