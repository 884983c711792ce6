package dev.propensity.tasks.download;

import dev.propensity.foundation.UserException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A table unpacked from what arrived, by the file's content, whatever its name. */
final class Unpacked extends FilterInputStream {
  private static final int BUFFER = 1 << 16;

  private final long packed;
  private final String what;
  private final Limits limits;
  private long bytes;

  private Unpacked(InputStream in, long packed, String what, Limits limits) {
    super(in);
    this.packed = packed;
    this.what = what;
    this.limits = limits;
  }

  /**
   * Opens the table in this file: a CSV as it is, in gzip, or alone in a zip (there itself in gzip
   * perhaps).
   *
   * @throws UserException from here or from reads, if the file is broken, unpacks to too much, or
   *     is a zip of no or several files
   */
  static InputStream open(Path file, String what, Limits limits) throws IOException {
    long packed = Files.size(file);
    limits.check(packed, what);
    InputStream in = isZip(file) ? onlyEntry(file, what) : Files.newInputStream(file);
    try {
      InputStream buffered = new BufferedInputStream(in, BUFFER);
      return new Unpacked(
          isGzip(buffered) ? new GZIPInputStream(buffered, BUFFER) : buffered,
          packed,
          what,
          limits);
    } catch (IOException e) {
      in.close();
      throw broken(what, e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int n = super.read(buffer, offset, length);
      if (n > 0) {
        bytes += n;
        limits.checkUnpacked(bytes, packed, what);
      }
      return n;
    } catch (ZipException | EOFException e) {
      throw broken(what, e);
    }
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] magic = in.readNBytes(4);
      return magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] < 9;
    }
  }

  private static boolean isGzip(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip;
  }

  // Names are never used as paths. The directory at the zip's end counts, as for every reader.
  private static InputStream onlyEntry(Path file, String what) {
    try {
      ZipFile zip = new ZipFile(file.toFile());
      List<? extends ZipEntry> entries =
          zip.stream().filter(entry -> !entry.isDirectory() && !isLitter(entry)).toList();
      if (entries.size() == 1) {
        return new FilterInputStream(zip.getInputStream(entries.get(0))) {
          @Override
          public void close() throws IOException {
            zip.close();
          }
        };
      }
      zip.close();
      throw new UserException(
          entries.isEmpty()
              ? what + " is a zip without a file in it"
              : what
                  + " is a zip of "
                  + entries.size()
                  + " files ("
                  + String.join(", ", entries.stream().limit(5).map(ZipEntry::getName).toList())
                  + (entries.size() > 5 ? ", …" : "")
                  + "): give the one that is meant");
    } catch (IOException e) {
      throw broken(what, e);
    }
  }

  // What macOS adds to each zip.
  private static boolean isLitter(ZipEntry entry) {
    return entry.getName().startsWith("__MACOSX/") || entry.getName().endsWith(".DS_Store");
  }

  private static UserException broken(String what, IOException cause) {
    return new UserException(
        what + " is broken: it cannot be unpacked (" + cause.getMessage() + ")", cause);
  }
}
