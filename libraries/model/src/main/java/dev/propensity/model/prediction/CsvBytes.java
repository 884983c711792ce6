package dev.propensity.model.prediction;

import dev.propensity.dataset.CsvCell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Rows of a CSV in UTF-8, in memory: lines end with LF, quotes only where a cell needs them. */
final class CsvBytes {
  private byte[] bytes;
  private int length;
  private boolean begun;

  CsvBytes(int capacity) {
    this.bytes = new byte[capacity];
  }

  CsvBytes cell(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return cell(utf8, 0, utf8.length);
  }

  CsvBytes cell(byte[] utf8, int from, int to) {
    room(2 * (to - from) + 3);
    if (begun) {
      bytes[length++] = ',';
    }
    begun = true;
    length = CsvCell.write(utf8, from, to, bytes, length);
    return this;
  }

  void end() {
    room(1);
    bytes[length++] = '\n';
    begun = false;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }
}
