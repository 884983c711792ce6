package dev.propensity.dataset.features;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A split's identifiers in UTF-8, one after another: strings are created on demand. */
final class Identifiers {
  private final int[] ends;
  private byte[] utf8 = new byte[0];

  Identifiers(int rows) {
    this.ends = new int[rows + 1];
  }

  /** Copies an Arrow utf8 column's batch, whose first row is number {@code row}. */
  void add(ByteBuffer offsets, ByteBuffer data, int row, int count) {
    int start = ends[row];
    int first = offsets.getInt();
    for (int i = 1; i <= count; i++) {
      ends[row + i] = start + offsets.getInt() - first;
    }
    utf8 = Arrays.copyOf(utf8, ends[row + count]);
    data.get(first, utf8, start, ends[row + count] - start);
  }

  String[] strings() {
    String[] strings = new String[ends.length - 1];
    for (int i = 0; i < strings.length; i++) {
      strings[i] = new String(utf8, ends[i], ends[i + 1] - ends[i], StandardCharsets.UTF_8);
    }
    return strings;
  }
}
