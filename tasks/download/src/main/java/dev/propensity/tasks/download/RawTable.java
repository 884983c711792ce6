package dev.propensity.tasks.download;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/**
 * A table as it came, as {@code raw.json} describes it.
 *
 * @param rows data rows, the header left out
 * @param bytes of the uncompressed CSV
 * @param sha256 of the uncompressed CSV
 * @param columns the header's names
 */
record RawTable(long rows, long bytes, Digest sha256, List<String> columns) {
  private static final int BUFFER = 1 << 16;

  /**
   * Unpacks what arrived and writes {@code data.csv.gz} and {@code raw.json} into the folder.
   *
   * @param what the source, for errors
   * @throws dev.propensity.foundation.UserException if it is not a CSV with at least one row
   */
  static RawTable write(Path arrived, String what, Limits limits, Path folder) throws IOException {
    MessageDigest digest = Digest.sha256();
    CsvShape shape = new CsvShape(what);
    long bytes = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Unpacked.open(arrived, what, limits);
        OutputStream out = new FastGzip(Files.newOutputStream(folder.resolve("data.csv.gz")))) {
      for (int n = in.readNBytes(buffer, 0, BUFFER); n > 0; n = in.readNBytes(buffer, 0, BUFFER)) {
        shape.accept(buffer, n);
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
        bytes += n;
      }
    }
    shape.finish();
    RawTable table = new RawTable(shape.rows(), bytes, Digest.finished(digest), shape.columns());
    Files.write(folder.resolve("raw.json"), CanonicalJson.bytes(table));
    return table;
  }
}
