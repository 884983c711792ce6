package dev.propensity.table.file;

import dev.propensity.foundation.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary copy of a ZIP that arrives as a stream. */
final class ZipCopy {
  private static final int BUFFER = 1 << 16;

  private ZipCopy() {}

  /**
   * An empty temporary file for a ZIP.
   *
   * @throws UnavailableException where it cannot be created
   */
  static Path temporary(String where) {
    try {
      return Files.createTempFile("table", ".zip");
    } catch (IOException e) {
      throw noRoom(where, Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  /** Copies a stream into a file. Only the file's own failures are disk errors. */
  static void write(InputStream in, String where, Path copy) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(copy)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        try {
          out.write(buffer, 0, n);
        } catch (IOException e) {
          throw noRoom(where, copy, e);
        }
      }
    }
  }

  private static UnavailableException noRoom(String where, Path copy, IOException cause) {
    return new UnavailableException(
        where + " is a ZIP, and its copy cannot be written: " + copy + ": " + cause.getMessage(),
        cause);
  }
}
