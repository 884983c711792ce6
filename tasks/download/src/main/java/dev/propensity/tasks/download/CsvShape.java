package dev.propensity.tasks.download;

import dev.propensity.foundation.UserException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Looks at a CSV's bytes as they pass: counts its rows, keeps its header, and refuses early what is
 * no CSV at all. Whether the cells are right is for {@code preprocess} to say.
 */
final class CsvShape {
  private static final int LONGEST_HEADER = 1 << 20;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String what;
  private final ByteArrayOutputStream header = new ByteArrayOutputStream();
  private boolean started;
  private boolean headerEnded;
  private boolean quoted;
  private boolean inLine;
  private long rows;
  private List<String> columns = List.of();

  /**
   * @param what the source, for errors
   */
  CsvShape(String what) {
    this.what = what;
  }

  /** Takes the next bytes; the first call gets at least the first four, where there are so many. */
  void accept(byte[] bytes, int length) {
    if (!started) {
      started = true;
      refuseOtherKinds(bytes, length);
    }
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      if (b == '"') {
        quoted = !quoted;
      }
      boolean ends = !quoted && (b == '\n' || b == '\r');
      if (!headerEnded) {
        takeHeader(b, ends);
      } else if (!ends) {
        inLine = true;
      } else if (inLine) {
        rows++;
        inLine = false;
      }
    }
  }

  /** Says that no bytes follow. */
  void finish() {
    if (!started) {
      throw new UserException(what + " is empty: a CSV with a header line belongs there");
    }
    if (!headerEnded) {
      columns = columns();
      throw noRows();
    }
    if (quoted) {
      throw new UserException(what + " ends within a quoted cell: it is cut off or badly quoted");
    }
    if (inLine) {
      rows++;
    }
    if (rows == 0) {
      throw noRows();
    }
  }

  /** Data rows so far; empty lines are none. */
  long rows() {
    return rows;
  }

  /** The header's names. */
  List<String> columns() {
    return columns;
  }

  private UserException noRows() {
    return new UserException(what + " has a header and no rows");
  }

  private void takeHeader(byte b, boolean ends) {
    if (!ends) {
      header.write(b);
      if (header.size() > LONGEST_HEADER) {
        throw new UserException(what + " is no CSV: its first line is longer than 1 MiB");
      }
    } else if (header.size() > 0) {
      headerEnded = true;
      columns = names(header.toString(StandardCharsets.UTF_8));
    }
  }

  private void refuseOtherKinds(byte[] bytes, int length) {
    int first = length > 0 ? bytes[0] & 0xff : -1;
    int second = length > 1 ? bytes[1] & 0xff : -1;
    if (first == 0xff && second == 0xfe || first == 0xfe && second == 0xff || second == 0) {
      throw new UserException(what + " is UTF-16: save it as UTF-8");
    }
    String start = new String(bytes, 0, Math.min(length, 256), StandardCharsets.UTF_8);
    String text = start.stripLeading().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<?xml")) {
      throw new UserException(
          what
              + " is a web page, no CSV: is it a log-in or an error page, or a page about the file?");
    }
    if (start.startsWith("PAR1") || start.startsWith("%PDF") || start.indexOf('\0') >= 0) {
      throw new UserException(what + " is a binary file, no CSV");
    }
  }

  private static List<String> names(String header) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean quoted = false;
    int start = !header.isEmpty() && header.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    for (int i = start; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '"') {
        boolean escaped = quoted && i + 1 < header.length() && header.charAt(i + 1) == '"';
        if (escaped) {
          name.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    return names;
  }
}
