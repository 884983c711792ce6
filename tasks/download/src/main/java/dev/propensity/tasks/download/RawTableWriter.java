package dev.propensity.tasks.download;

import dev.propensity.artifacts.RawTable;
import dev.propensity.foundation.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Writes the files of a raw table. */
final class RawTableWriter {
  private static final int BUFFER = 1 << 16;

  private RawTableWriter() {}

  /**
   * Unpacks what arrived, checks it, and writes the table and its description into the folder.
   *
   * @param what the source, for errors
   * @throws dev.propensity.foundation.UserException if it is not a CSV with at least one row
   */
  static RawTable.Description write(Path arrived, String what, Limits limits, Path folder)
      throws IOException {
    MessageDigest digest = Digest.sha256();
    CsvShape shape = new CsvShape(what);
    long bytes = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Unpacked.open(arrived, what, limits);
        OutputStream out = new FastGzip(Files.newOutputStream(folder.resolve(RawTable.ROWS)))) {
      for (int n = in.readNBytes(buffer, 0, BUFFER); n > 0; n = in.readNBytes(buffer, 0, BUFFER)) {
        shape.accept(buffer, n);
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
        bytes += n;
      }
    }
    shape.finish();
    RawTable.Description table =
        new RawTable.Description(shape.rows(), bytes, Digest.finished(digest), shape.columns());
    table.write(folder);
    return table;
  }
}
