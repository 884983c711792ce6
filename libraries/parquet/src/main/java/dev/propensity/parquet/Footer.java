package dev.propensity.parquet;

import dev.propensity.foundation.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** The footer of a Parquet file, which describes its columns and row groups. */
final class Footer {
  private static final String MAGIC = "PAR1";
  private static final String ENCRYPTED_MAGIC = "PARE";
  private static final int MAGIC_BYTES = 4;
  private static final int END_BYTES = 8; // the footer's length, and the magic bytes once more
  private static final int MAX_BYTES = 64 << 20;

  private Footer() {}

  /**
   * Reads a file's footer.
   *
   * @param where the file's name, for errors
   * @throws UserException for a file that is not Parquet, or damaged, incomplete or encrypted
   */
  static FileMetaData read(FileChannel file, String where) throws IOException {
    long size = file.size();
    if (size == 0) {
      throw new UserException(where + " is empty: a Parquet file is expected");
    }
    requireMagic(text(file, 0, Math.min(size, MAGIC_BYTES)), where, null);
    if (size < MAGIC_BYTES + END_BYTES) {
      throw damaged(where, "it has " + size + " bytes");
    }
    requireMagic(text(file, size - MAGIC_BYTES, MAGIC_BYTES), where, "it has no footer at its end");
    int length = bytes(file, size - END_BYTES, Integer.BYTES).getInt();
    if (length <= 0 || length > size - MAGIC_BYTES - END_BYTES) {
      throw damaged(where, "a footer of " + length + " bytes");
    }
    if (length > Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / 8)) {
      throw new UserException(
          where
              + " has a footer of "
              + (length >> 20)
              + " MiB, which is too large: write it with larger row groups");
    }
    FileMetaData metadata = parsed(bytes(file, size - END_BYTES - length, length), where);
    if (metadata.isSetEncryption_algorithm()) {
      throw encrypted(where);
    }
    return metadata;
  }

  private static FileMetaData parsed(ByteBuffer footer, String where) {
    try {
      return Util.readFileMetaData(
          new ByteArrayInputStream(footer.array()), Math.max(1, footer.capacity()));
    } catch (IOException | RuntimeException e) {
      throw damaged(where, "its footer cannot be read", e);
    }
  }

  /**
   * @param otherwise what is wrong with a damaged file; null where the file is no Parquet then
   */
  private static void requireMagic(String found, String where, @Nullable String otherwise) {
    if (found.equals(ENCRYPTED_MAGIC)) {
      throw encrypted(where);
    }
    if (!found.equals(MAGIC)) {
      throw otherwise == null
          ? new UserException(where + " is not a Parquet file")
          : damaged(where, otherwise);
    }
  }

  private static UserException encrypted(String where) {
    return new UserException(where + " is an encrypted Parquet file: write it without encryption");
  }

  /** The error for a file that cannot be decoded. */
  static UserException damaged(String where, String detail) {
    return new UserException(damage(where, detail));
  }

  /** The same with its cause. */
  static UserException damaged(String where, String detail, Exception cause) {
    return new UserException(damage(where, detail), cause);
  }

  private static String damage(String where, String detail) {
    return where + ": the Parquet file is damaged or incomplete: " + detail;
  }

  private static String text(FileChannel file, long at, long length) throws IOException {
    byte[] text = bytes(file, at, (int) length).array();
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer bytes(FileChannel file, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {
      // until all of it is read
    }
    return bytes.flip();
  }
}
