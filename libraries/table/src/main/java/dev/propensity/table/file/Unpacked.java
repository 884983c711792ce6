package dev.propensity.table.file;

import dev.propensity.foundation.BlockInputStream;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A table decompressed from what arrives, by its content, whatever its name: a CSV as it is, in
 * gzip, or alone in a ZIP (there itself in gzip perhaps).
 */
public final class Unpacked extends BlockInputStream {
  private static final int BUFFER = 1 << 16;
  private static final int SIGNATURE = 4;

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
        TemporaryCopy temporary = new TemporaryCopy(where, "a ZIP");
        Path copy = temporary.create();
        try {
          temporary.write(new Unpacked(buffered, where, true, limit), copy);
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

  /** Decompresses a file, as {@link #open} does a stream. */
  public static InputStream file(Path file, String where, LongConsumer limit) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(SIGNATURE);
    }
    FileKind kind = FileKind.of(start, start.length);
    boolean zip = kind == FileKind.ZIP || kind == FileKind.EXCEL && start[0] == 'P';
    InputStream in =
        zip
            ? ZipTable.open(file, where)
            : new BufferedInputStream(Files.newInputStream(file), BUFFER);
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

  /** The error for a file that cannot be decompressed. */
  static UserException damaged(String where, IOException cause) {
    return new UserException(
        where + " is damaged or incomplete: it cannot be decompressed (" + cause.getMessage() + ")",
        cause);
  }
}
