package dev.propensity.dataset;

/**
 * How a cell stands in a CSV (RFC 4180): as it is, or in quotes with its own quotes doubled where
 * it holds a comma, a quote or a line end.
 */
public final class CsvCell {
  private CsvCell() {}

  /**
   * Writes a cell's UTF-8.
   *
   * @param into has room for twice the cell and two bytes more
   * @param at where the cell begins in it
   * @return where it ends
   */
  public static int write(byte[] utf8, int from, int to, byte[] into, int at) {
    if (isPlain(utf8, from, to)) {
      System.arraycopy(utf8, from, into, at, to - from);
      return at + to - from;
    }
    int end = at;
    into[end++] = '"';
    for (int i = from; i < to; i++) {
      if (utf8[i] == '"') {
        into[end++] = '"';
      }
      into[end++] = utf8[i];
    }
    into[end++] = '"';
    return end;
  }

  /**
   * Writes a cell's characters.
   *
   * @param into has room for twice the cell and two characters more
   * @param at where the cell begins in it
   * @return where it ends
   */
  static int write(char[] text, int from, int to, char[] into, int at) {
    if (isPlain(text, from, to)) {
      System.arraycopy(text, from, into, at, to - from);
      return at + to - from;
    }
    int end = at;
    into[end++] = '"';
    for (int i = from; i < to; i++) {
      if (text[i] == '"') {
        into[end++] = '"';
      }
      into[end++] = text[i];
    }
    into[end++] = '"';
    return end;
  }

  /** Appends a cell. */
  public static void append(StringBuilder out, String text) {
    if (isPlain(text)) {
      out.append(text);
    } else {
      out.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
  }

  private static boolean isPlain(byte[] utf8, int from, int to) {
    for (int i = from; i < to; i++) {
      if (asksForQuotes(utf8[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (asksForQuotes(text[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (asksForQuotes(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean asksForQuotes(int c) {
    return c == ',' || c == '"' || c == '\n' || c == '\r';
  }
}
