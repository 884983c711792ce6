package dev.propensity.table;

import dev.propensity.foundation.BlockInputStream;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A table decompressed from what arrives, by its content, whatever its name: a CSV as it is, in
 * gzip, or alone in a ZIP (there itself in gzip perhaps).
 */
public final class Unpacked extends BlockInputStream {
  private static final int BUFFER = 1 << 16;
  private static final int SIGNATURE = 4;

  // The end of a ZIP's directory: a record of 22 bytes and a comment of 64 KiB at most.
  private static final int END_RECORD = 22;
  private static final int END_SIGNATURE = 0x06054B50;
  private static final int DIRECTORY_BYTES = 12; // where the record has the directory's size
  private static final int MAX_END_LENGTH = END_RECORD + (1 << 16);
  private static final int MAX_DIRECTORY_BYTES = 1 << 18;

  private final String where;
  private final LongConsumer limit;
  private final boolean packed;
  private final @Nullable GzipSource source; // null where it is not gzip
  private long bytes;

  private Unpacked(InputStream in, String where, boolean packed, LongConsumer limit) {
    this(in, where, packed, limit, null);
  }

  private Unpacked(
      InputStream in,
      String where,
      boolean packed,
      LongConsumer limit,
      @Nullable GzipSource source) {
    super(in);
    this.where = where;
    this.packed = packed;
    this.limit = limit;
    this.source = source;
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
   * @throws UnavailableException where the copy of a ZIP cannot be written: the disk is full
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
        Path copy = temporary(where);
        try {
          copy(new Unpacked(buffered, where, true, limit), where, copy);
          yield file(copy, where, limit);
        } finally {
          Files.deleteIfExists(copy); // open files stay readable
        }
      }
      default -> buffered;
    };
  }

  /**
   * Whether a stream is decompressed by {@link #open}: it begins as gzip or a ZIP does.
   *
   * @param in a stream that supports marks; its position does not change
   */
  public static boolean isCompressed(InputStream in) throws IOException {
    in.mark(SIGNATURE);
    byte[] start = in.readNBytes(SIGNATURE);
    in.reset();
    FileKind kind = FileKind.of(start, start.length);
    return kind == FileKind.GZIP || kind == FileKind.ZIP;
  }

  private static Path temporary(String where) {
    try {
      return Files.createTempFile("table", ".zip");
    } catch (IOException e) {
      throw noRoom(where, Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  /** Copies a stream into a file. Only the file's own failures are disk errors. */
  static void copy(InputStream in, String where, Path copy) throws IOException {
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

  /** The same from a file. */
  public static InputStream file(Path file, String where, LongConsumer limit) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(SIGNATURE);
    }
    FileKind kind = FileKind.of(start, start.length);
    boolean zip = kind == FileKind.ZIP || kind == FileKind.EXCEL && start[0] == 'P';
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
      GzipSource source = new GzipSource(in);
      return new Unpacked(new GZIPInputStream(source, BUFFER), where, true, limit, source);
    } catch (ZipException | EOFException e) {
      in.close();
      throw damaged(where, e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int n = super.read(buffer, offset, length);
      if (n > 0) {
        bytes += n;
        limit.accept(bytes);
      } else if (n < 0 && source != null && source.failure() != null) {
        throw source.failure(); // met while a further member was looked for
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
      requireSmallDirectory(file, where);
      ZipFile zip = new ZipFile(file.toFile());
      List<? extends ZipEntry> entries =
          zip.stream().filter(entry -> !entry.isDirectory() && !isMetadata(entry)).toList();
      if (entries.size() == 1) {
        return onlyEntry(zip, entries.get(0));
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
                  + "): use a ZIP with the table's file only");
    } catch (ZipException e) {
      throw damaged(where, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream onlyEntry(ZipFile zip, ZipEntry entry) throws IOException {
    InputStream only;
    try {
      only = new BufferedInputStream(zip.getInputStream(entry), BUFFER);
    } catch (IOException e) {
      zip.close();
      throw e;
    }
    return new FilterInputStream(only) {
      @Override
      public void close() throws IOException {
        zip.close();
      }
    };
  }

  /**
   * Rejects a ZIP whose directory is large, which {@link ZipFile} reads into memory: a hostile one
   * may list millions of files. The directory's size is in the record at the file's end.
   */
  private static void requireSmallDirectory(Path file, String where) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      int length = (int) Math.min(channel.size(), MAX_END_LENGTH);
      ByteBuffer end = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      while (end.hasRemaining()
          && channel.read(end, channel.size() - length + end.position()) > 0) {
        // until all of it is read
      }
      for (int at = 0; at + END_RECORD <= length; at++) {
        if (end.getInt(at) == END_SIGNATURE
            && Integer.toUnsignedLong(end.getInt(at + DIRECTORY_BYTES)) > MAX_DIRECTORY_BYTES) {
          throw new UserException(
              where + " is a ZIP of very many files: put only the table's CSV in the ZIP");
        }
      }
    }
  }

  // Files that macOS adds to each ZIP.
  private static boolean isMetadata(ZipEntry entry) {
    return entry.getName().startsWith("__MACOSX/") || entry.getName().endsWith(".DS_Store");
  }

  private static UserException damaged(String where, IOException cause) {
    return new UserException(
        where + " is damaged or incomplete: it cannot be decompressed (" + cause.getMessage() + ")",
        cause);
  }
}
