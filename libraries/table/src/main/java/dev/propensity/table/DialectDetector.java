package dev.propensity.table;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Detects a CSV's dialect from its first bytes. */
final class DialectDetector {
  private static final String DIRECTIVE = "sep=";

  private final byte[] start;
  private final int length;

  DialectDetector(byte[] start, int length) {
    this.start = start;
    this.length = length;
  }

  /** The length of UTF-8's byte order mark where there is one, else 0. */
  int mark() {
    boolean marked =
        length >= 3
            && start[0] == (byte) 0xEF
            && start[1] == (byte) 0xBB
            && start[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /** The length of a first line that only names the separator, as {@code sep=;}; else 0. */
  int directive() {
    int at = mark();
    int end = at + DIRECTIVE.length() + 1;
    boolean found =
        length > end
            && new String(start, at, DIRECTIVE.length(), StandardCharsets.US_ASCII)
                .equalsIgnoreCase(DIRECTIVE)
            && Dialect.SEPARATORS.contains((char) start[end - 1])
            && (start[end] == '\n' || start[end] == '\r');
    if (!found) {
      return 0;
    }
    boolean two = start[end] == '\r' && length > end + 1 && start[end + 1] == '\n';
    return end - at + (two ? 2 : 1);
  }

  /**
   * The separator by which the first line has the most of these columns, else the most cells.
   *
   * @param columns as {@link ColumnName#of} writes them; empty where they are not known
   */
  char separator(Set<String> columns) {
    if (directive() > 0) {
      return (char) start[mark() + DIRECTIVE.length()];
    }
    char best = ',';
    long most = -1;
    for (char separator : Dialect.SEPARATORS) {
      List<String> names = ColumnName.read(firstLine(separator), separator);
      long known = names.stream().filter(columns::contains).distinct().count();
      long rank = known << 32 | names.size();
      if (known > 1 && known == names.size()) {
        return separator;
      }
      if (rank > most) {
        best = separator;
        most = rank;
      }
    }
    return best;
  }

  /** The separator by which the first line has so many cells, else the most. */
  char separator(int cells) {
    if (directive() == 0) {
      for (char separator : Dialect.SEPARATORS) {
        if (ColumnName.read(firstLine(separator), separator).size() == cells) {
          return separator;
        }
      }
    }
    return separator(Set.of());
  }

  /** The first line that is not empty, or as much of it as is known. */
  private CsvChunk firstLine(char separator) {
    int from = mark();
    while (from < length && (start[from] == '\n' || start[from] == '\r' || start[from] == ' ')) {
      from++;
    }
    int to = from;
    boolean quoted = false;
    boolean cellBegins = true;
    while (to < length && (quoted || start[to] != '\n' && start[to] != '\r')) {
      byte c = start[to];
      if (c == '"' && (quoted || cellBegins)) {
        boolean twice = quoted && to + 1 < length && start[to + 1] == '"';
        to += twice ? 1 : 0;
        quoted = !quoted || twice;
      }
      cellBegins = c == separator || cellBegins && CsvCells.isBlank(c, (byte) separator);
      to++;
    }
    byte[] line = new byte[to - from + 2];
    System.arraycopy(start, from, line, 0, to - from);
    int end = to - from;
    if (quoted) {
      line[end++] = '"';
    }
    line[end++] = '\n';
    return new CsvChunk(line, 0, end, 1, 1);
  }
}
