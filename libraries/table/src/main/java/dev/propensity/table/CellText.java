package dev.propensity.table;

import dev.propensity.foundation.UserException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** A cell's characters, in a reusable buffer. */
public final class CellText {
  private final String where;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private char[] chars = new char[256];
  private int length;

  /**
   * @param where the file's name, for errors
   */
  public CellText(String where) {
    this.where = where;
  }

  /** Holds the characters, from 0 to {@link #length}; not a copy. */
  public char[] chars() {
    return chars;
  }

  public int length() {
    return length;
  }

  /** The characters as a string. */
  public String string() {
    return new String(chars, 0, length);
  }

  /**
   * Copies the cell that was read last.
   *
   * @throws UserException that names the line of what is not in UTF-8
   */
  public void set(CsvCells cells) {
    byte[] bytes = cells.text();
    int start = cells.start();
    length = cells.end() - start;
    if (chars.length < length) {
      chars = new char[length * 2];
    }
    if (cells.isAscii()) {
      for (int i = 0; i < length; i++) {
        chars[i] = (char) bytes[start + i];
      }
      return;
    }
    CharBuffer out = CharBuffer.wrap(chars);
    decoder.reset();
    boolean invalid =
        decoder.decode(ByteBuffer.wrap(bytes, start, length), out, true).isError()
            || decoder.flush(out).isError();
    if (invalid) {
      throw new UserException(
          where + ", line " + cells.recordLine() + ": not UTF-8; save the table as CSV in UTF-8");
    }
    length = out.position();
  }

  /** Puts another character in place of each of these. */
  public void replace(char what, char with) {
    for (int i = 0; i < length; i++) {
      if (chars[i] == what) {
        chars[i] = with;
      }
    }
  }

  /** How many of these there are. */
  public int count(char what) {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += chars[i] == what ? 1 : 0;
    }
    return count;
  }
}
