package dev.propensity.table.file;

import dev.propensity.foundation.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary copy of a table that arrives as a stream, and whose directory is at its end.
 *
 * @param where the table's name, for errors
 * @param kind of the file: {@code a ZIP}
 */
public record TemporaryCopy(String where, String kind) {
  private static final int BUFFER = 1 << 16;

  /**
   * An empty temporary file, which the caller deletes.
   *
   * @throws UnavailableException where it cannot be created
   */
  public Path create() {
    try {
      return Files.createTempFile("table", ".copy");
    } catch (IOException e) {
      throw noRoom(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  /**
   * Copies a stream into a file. Only the file's own failures are disk errors.
   *
   * @throws UnavailableException where it cannot be written: the disk is full
   */
  public void write(InputStream in, Path copy) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(copy)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        try {
          out.write(buffer, 0, n);
        } catch (IOException e) {
          throw noRoom(copy, e);
        }
      }
    }
  }

  private UnavailableException noRoom(Path copy, IOException cause) {
    return new UnavailableException(
        where
            + " is "
            + kind
            + ", and its copy cannot be written: "
            + copy
            + ": "
            + cause.getMessage(),
        cause);
  }
}
