package dev.propensity.monitoring.capture;

import dev.propensity.table.arrow.ArrowBody;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A column of text that is written: the values of a batch, some of them missing. */
final class TextColumn {
  private byte[] bytes = new byte[256];
  private int[] ends = new int[17]; // by row + 1
  private byte[] validity = new byte[2];
  private int rows;
  private int nulls;

  int nulls() {
    return nulls;
  }

  /** How many bytes the values have. */
  int length() {
    return ends[rows];
  }

  void add(byte[] utf8, int from, int to) {
    int start = ends[rows];
    int end = start + to - from;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    System.arraycopy(utf8, from, bytes, start, to - from);
    put(end, 1);
  }

  /** Adds missing values up to this number of rows. */
  void fill(int count) {
    while (rows < count) {
      nulls++;
      put(ends[rows], 0);
    }
  }

  private void put(int end, int valid) {
    if (rows + 1 == ends.length) {
      ends = Arrays.copyOf(ends, 2 * rows + 1);
      validity = Arrays.copyOf(validity, rows / 4 + 1);
    }
    int bit = 1 << (rows & 7);
    int others = validity[rows >> 3] & ~bit;
    validity[rows >> 3] = (byte) (others | (valid == 1 ? bit : 0));
    ends[++rows] = end;
  }

  /** The lengths of the three buffers; see {@link ArrowBody#lengths}. */
  void putLengths(long[] lengths, int from) {
    lengths[from] = nulls == 0 ? 0 : (rows + 7) / 8;
    lengths[from + 1] = 4L * (rows + 1);
    lengths[from + 2] = length();
  }

  void put(ByteBuffer body) {
    if (nulls > 0) {
      int last = rows >> 3;
      if ((rows & 7) != 0) {
        validity[last] &= (byte) ((1 << (rows & 7)) - 1); // of an earlier batch
      }
      body.put(validity, 0, (rows + 7) / 8);
      ArrowBody.pad(body);
    }
    for (int i = 0; i <= rows; i++) {
      body.putInt(ends[i]);
    }
    ArrowBody.pad(body);
    body.put(bytes, 0, length());
    ArrowBody.pad(body);
  }

  /** Begins with the next batch. */
  void clear() {
    rows = 0;
    nulls = 0;
  }
}
