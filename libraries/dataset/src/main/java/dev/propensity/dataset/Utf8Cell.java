package dev.propensity.dataset;

import java.nio.charset.StandardCharsets;

/** A cell's bytes in UTF-8, in a buffer that is used again; most cells are ASCII. */
final class Utf8Cell {
  private byte[] bytes = new byte[256];
  private int length;

  void set(char[] text, int offset, int count) {
    if (bytes.length < count) {
      bytes = new byte[count * 2];
    }
    for (int i = 0; i < count; i++) {
      char c = text[offset + i];
      if (c >= 0x80) {
        bytes = new String(text, offset, count).getBytes(StandardCharsets.UTF_8);
        length = bytes.length;
        return;
      }
      bytes[i] = (byte) c;
    }
    length = count;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
