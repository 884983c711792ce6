package dev.propensity.table;

import dev.propensity.foundation.UserException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A table decompressed from what arrives, by its content, whatever its name: a CSV as it is, in
 * gzip, or alone in a ZIP (there itself in gzip perhaps).
 */
public final class Unpacked extends FilterInputStream {
  private static final int BUFFER = 1 << 16;

  private final String where;
  private final LongConsumer limit;
  private final boolean packed;
  private long bytes;

  private Unpacked(InputStream in, String where, boolean packed, LongConsumer limit) {
    super(in);
    this.where = where;
    this.packed = packed;
    this.limit = limit;
  }

  /**
   * Decompresses what this stream gives. A ZIP is first copied to a temporary file, since its
   * directory is at its end.
   *
   * @param where the table's name, for errors
   * @param limit gets the count of decompressed bytes while they are read, and throws where there
   *     are too many
   * @throws UserException from here or from reads, if the file is damaged, or is a ZIP of no or
   *     several files
   */
  public static InputStream open(InputStream in, String where, LongConsumer limit)
      throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
    buffered.mark(BUFFER);
    byte[] start = buffered.readNBytes(4096);
    buffered.reset();
    FileKind kind = FileKind.of(start, start.length);
    return switch (kind) {
      case GZIP -> gunzip(buffered, where, limit);
      case ZIP, EXCEL -> {
        if (start[0] != 'P') {
          kind.requireText(where);
        }
        Path copy = Files.createTempFile("table", ".zip");
        try {
          limited(buffered, where, limit, copy);
          yield file(copy, where, limit);
        } finally {
          Files.deleteIfExists(copy); // open files stay readable
        }
      }
      default -> buffered;
    };
  }

  private static void limited(InputStream in, String where, LongConsumer limit, Path copy)
      throws IOException {
    Files.copy(new Unpacked(in, where, true, limit), copy, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The same from a file. */
  public static InputStream file(Path file, String where, LongConsumer limit) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(4);
    }
    boolean zip = start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] < 9;
    InputStream in =
        zip ? onlyEntry(file, where) : new BufferedInputStream(Files.newInputStream(file), BUFFER);
    byte[] magic;
    try {
      in.mark(4);
      magic = in.readNBytes(2);
      in.reset();
    } catch (ZipException | EOFException e) {
      in.close();
      throw damaged(where, e);
    }
    if (FileKind.of(magic, magic.length) == FileKind.GZIP) {
      return gunzip(in, where, limit);
    }
    return new Unpacked(in, where, zip, limit);
  }

  private static InputStream gunzip(InputStream in, String where, LongConsumer limit)
      throws IOException {
    try {
      return new Unpacked(new GZIPInputStream(in, BUFFER), where, true, limit);
    } catch (ZipException | EOFException e) {
      in.close();
      throw damaged(where, e);
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
        limit.accept(bytes);
      }
      return n;
    } catch (ZipException | EOFException e) {
      if (!packed) {
        throw e;
      }
      throw damaged(where, e);
    }
  }

  // Names are never used as paths. The directory at the ZIP's end counts, as for every reader.
  private static InputStream onlyEntry(Path file, String where) {
    try {
      ZipFile zip = new ZipFile(file.toFile());
      List<? extends ZipEntry> entries =
          zip.stream().filter(entry -> !entry.isDirectory() && !isMetadata(entry)).toList();
      if (entries.size() == 1) {
        InputStream only = new BufferedInputStream(zip.getInputStream(entries.get(0)), BUFFER);
        return new FilterInputStream(only) {
          @Override
          public void close() throws IOException {
            zip.close();
          }
        };
      }
      zip.close();
      if (entries.stream().anyMatch(entry -> entry.getName().equals("[Content_Types].xml"))) {
        FileKind.EXCEL.requireText(where);
      }
      throw new UserException(
          entries.isEmpty()
              ? where + " is a ZIP without a file in it"
              : where
                  + " is a ZIP of "
                  + entries.size()
                  + " files ("
                  + String.join(", ", entries.stream().limit(5).map(ZipEntry::getName).toList())
                  + (entries.size() > 5 ? ", …" : "")
                  + "): give the one that is meant");
    } catch (ZipException e) {
      throw damaged(where, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // What macOS adds to each ZIP.
  private static boolean isMetadata(ZipEntry entry) {
    return entry.getName().startsWith("__MACOSX/") || entry.getName().endsWith(".DS_Store");
  }

  private static UserException damaged(String where, IOException cause) {
    return new UserException(
        where + " is damaged or incomplete: it cannot be decompressed (" + cause.getMessage() + ")",
        cause);
  }
}
