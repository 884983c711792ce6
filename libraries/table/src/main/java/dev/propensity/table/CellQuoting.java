package dev.propensity.table;

/** Writes the cells of a CSV, with quotes only where a cell needs them (RFC 4180). */
public final class CellQuoting {
  private CellQuoting() {}

  /**
   * Writes a cell's UTF-8.
   *
   * @param into has room for twice the cell and two bytes more
   * @param at where the cell begins in it
   * @return where it ends
   */
  public static int write(byte[] utf8, int from, int to, byte[] into, int at) {
    if (!needsQuotes(utf8, from, to)) {
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

  private static boolean needsQuotes(byte[] utf8, int from, int to) {
    if (to > from && (isSpace(utf8[from]) || isSpace(utf8[to - 1]))) {
      return true; // readers leave out blanks around a cell that has no quotes
    }
    for (int i = from; i < to; i++) {
      byte c = utf8[i];
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\t';
  }
}
