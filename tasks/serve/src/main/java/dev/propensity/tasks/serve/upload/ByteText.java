package dev.propensity.tasks.serve.upload;

import dev.propensity.table.CellQuoting;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds text as UTF-8 bytes in a reused buffer. */
final class ByteText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[1 << 14];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  ByteText append(byte one) {
    room(1);
    bytes[length++] = one;
    return this;
  }

  ByteText append(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  /** Appends text that is ASCII. */
  @SuppressWarnings("deprecation") // getBytes without a charset is right for ASCII
  ByteText append(String ascii) {
    room(ascii.length());
    ascii.getBytes(0, ascii.length(), bytes, length);
    length += ascii.length();
    return this;
  }

  /** Appends UTF-8 in quotes, escaped as required by RFC 8259. */
  void appendJson(byte[] utf8, int start, int end) {
    append((byte) '"');
    for (int i = start; i < end; i++) {
      byte c = utf8[i];
      if (c == '"' || c == '\\') {
        append((byte) '\\').append(c);
      } else if (c >= 0 && c < 0x20) {
        append("\\u00").append(HEX[c >> 4]).append(HEX[c & 0xF]);
      } else {
        append(c);
      }
    }
    append((byte) '"');
  }

  /** Appends UTF-8 as a CSV cell, quoted if needed. */
  void appendCsv(byte[] utf8, int start, int end) {
    room(2 * (end - start) + 2);
    length = CellQuoting.write(utf8, start, end, bytes, length);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
