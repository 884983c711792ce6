package dev.propensity.table.file;

import dev.propensity.foundation.UserException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A table alone in a ZIP. A ZIP is read from a file, since its directory is at its end. */
final class ZipTable {
  private static final int BUFFER = 1 << 16;

  // The end of a ZIP's directory: a record of 22 bytes and a comment of 64 KiB at most.
  private static final int END_RECORD = 22;
  private static final int END_SIGNATURE = 0x06054B50;
  private static final int DIRECTORY_BYTES = 12; // where the record has the directory's size
  private static final int MAX_END_LENGTH = END_RECORD + (1 << 16);
  private static final int MAX_DIRECTORY_BYTES = 1 << 18;

  private ZipTable() {}

  /**
   * Opens the only file in a ZIP. Names are never used as paths. The directory at the ZIP's end
   * counts, as for every reader.
   *
   * @param where the table's name, for errors
   * @return a stream that supports marks and closes the ZIP
   * @throws UserException for a ZIP that is damaged, or of no or several files
   */
  static InputStream open(Path file, String where) {
    try {
      requireSmallDirectory(file, where);
      ZipFile zip = new ZipFile(file.toFile());
      List<? extends ZipEntry> entries =
          zip.stream().filter(entry -> !entry.isDirectory() && !isMetadata(entry)).toList();
      if (entries.size() == 1) {
        return open(zip, entries.get(0));
      }
      zip.close();
      if (entries.stream().anyMatch(entry -> entry.getName().equals("[Content_Types].xml"))) {
        FileKind.EXCEL.requireText(where);
      }
      throw notAlone(entries, where);
    } catch (ZipException e) {
      throw Unpacked.damaged(where, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(ZipFile zip, ZipEntry entry) throws IOException {
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

  private static UserException notAlone(List<? extends ZipEntry> entries, String where) {
    return new UserException(
        entries.isEmpty()
            ? where + " is a ZIP without a file in it"
            : where
                + " is a ZIP of "
                + entries.size()
                + " files ("
                + String.join(", ", entries.stream().limit(5).map(ZipEntry::getName).toList())
                + (entries.size() > 5 ? ", …" : "")
                + "): use a ZIP with the table's file only");
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
}
