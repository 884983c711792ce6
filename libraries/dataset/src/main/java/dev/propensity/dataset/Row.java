package dev.propensity.dataset;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Arrays;

/** The row that is being read, its cells' characters one after another; used again for the next. */
final class Row extends AbstractBaseCsvCallbackHandler<Row> {
  private char[] text = new char[1024];
  private int[] ends = new int[64];
  private int cells;
  private long line;

  @Override
  protected void handleBegin(long startingLineNumber) {
    cells = 0;
    line = startingLineNumber;
  }

  @Override
  protected void handleField(int index, char[] from, int offset, int length, boolean quoted) {
    if (index + 1 >= ends.length) {
      ends = Arrays.copyOf(ends, ends.length * 2);
    }
    int start = ends[index];
    if (start + length > text.length) {
      text = Arrays.copyOf(text, Math.max(text.length * 2, start + length));
    }
    System.arraycopy(from, offset, text, start, length);
    ends[index + 1] = start + length;
    cells = index + 1;
  }

  @Override
  protected Row buildRecord() {
    return this;
  }

  /** How many cells it has. */
  int cells() {
    return cells;
  }

  /** The line of the file on which it begins, from 1. */
  long line() {
    return line;
  }

  /** All cells' characters; not a copy. */
  char[] text() {
    return text;
  }

  int start(int cell) {
    return ends[cell];
  }

  int length(int cell) {
    return ends[cell + 1] - ends[cell];
  }

  String cell(int cell) {
    return new String(text, start(cell), length(cell));
  }
}
