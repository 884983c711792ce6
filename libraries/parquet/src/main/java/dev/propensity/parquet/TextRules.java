package dev.propensity.parquet;

import dev.propensity.table.CsvCells;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.io.api.Binary;

/** The rules for text that hold in a CSV, too: UTF-8, without NUL, of a limited length. */
final class TextRules {
  /** A text that breaks a rule. The message says how. */
  static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenException(String message) {
      super(message);
    }
  }

  private TextRules() {}

  /**
   * The text's UTF-8, which must not be modified.
   *
   * @throws BrokenException where it breaks a rule
   */
  static byte[] checked(Binary text) {
    if (text.length() > CsvCells.MAX_CELL_LENGTH) {
      throw new BrokenException("a text of more than 256 KiB");
    }
    byte[] utf8 = text.getBytesUnsafe();
    boolean isAscii = true;
    for (byte c : utf8) {
      if (c == 0) {
        throw new BrokenException("a NUL character, which no text may have");
      }
      isAscii &= c > 0;
    }
    if (!isAscii) {
      requireUtf8(utf8);
    }
    return utf8;
  }

  private static void requireUtf8(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new BrokenException("not UTF-8; write the column as text in UTF-8");
    }
  }
}
