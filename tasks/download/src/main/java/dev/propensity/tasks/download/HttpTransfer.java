package dev.propensity.tasks.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file's transfer over several responses: what has arrived, and what to request next. */
final class HttpTransfer {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final String what;
  private final Limits limits;
  private @Nullable String version;
  private long arrived;

  HttpTransfer(Path file, String what, Limits limits) {
    this.file = file;
    this.what = what;
    this.limits = limits;
  }

  /** Headers that request the rest of the file, if it is still the same. */
  Map<String, String> resumption() {
    return arrived > 0 && version != null
        ? Map.of("Range", "bytes=" + arrived + "-", "If-Range", version)
        : Map.of();
  }

  /**
   * Reads a response's body to its end.
   *
   * @throws IOException if the connection breaks (what arrived is kept), or if the content does not
   *     match the length or digest that the server sent
   */
  void take(HttpURLConnection answer) throws IOException {
    boolean goesOn = answer.getResponseCode() == 206 && startsHere(answer);
    if (!goesOn) {
      arrived = 0;
    }
    if (answer.getResponseCode() != 200 && !goesOn) {
      answer.disconnect();
      throw new IOException("the server does not support resuming");
    }
    String tag = answer.getHeaderField("ETag");
    version = tag == null || tag.startsWith("W/") ? null : tag;
    long total = answer.getContentLengthLong() < 0 ? -1 : arrived + answer.getContentLengthLong();
    limits.check(total, what);
    copy(answer);
    if (total >= 0 && arrived != total) {
      throw new IOException(arrived + " of " + total + " bytes arrived");
    }
    check(Md5.of(answer));
  }

  private void copy(HttpURLConnection answer) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = answer.getInputStream();
        OutputStream out =
            arrived > 0
                ? Files.newOutputStream(file, StandardOpenOption.APPEND)
                : Files.newOutputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        arrived += n;
        limits.check(arrived, what);
      }
    }
  }

  private boolean startsHere(HttpURLConnection answer) {
    String range = answer.getHeaderField("Content-Range");
    return range != null && range.startsWith("bytes " + arrived + "-");
  }

  private void check(@Nullable Md5 expected) throws IOException {
    if (expected != null && !expected.equals(Md5.of(file))) {
      arrived = 0;
      throw new IOException("damaged in transit: its MD5 differs");
    }
  }
}
