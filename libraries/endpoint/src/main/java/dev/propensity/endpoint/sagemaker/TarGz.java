package dev.propensity.endpoint.sagemaker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Writes a tar archive (POSIX.1-1988, ustar) within a gzip file (RFC 1952) of stored blocks (RFC
 * 1951, 3.2.4). Nothing is compressed: zlib's output differs by its version, and equal files must
 * give equal archives everywhere. It contains no time, owner or host.
 */
final class TarGz implements AutoCloseable {
  private static final int RECORD = 512;
  private static final int MAX_STORED_BYTES = 0xFFFF;
  private static final int BLOCK_HEADER = 5;
  private static final int GZIP_HEADER = 10;
  private static final int GZIP_TRAILER = 8;
  private static final int NAME_BYTES = 100;
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final OutputStream out;
  private final CRC32 crc = new CRC32();
  private final byte[] block = new byte[MAX_STORED_BYTES];
  private int filled;
  private long length;

  /** Starts the archive; closing this ends it and leaves the stream open. */
  TarGz(OutputStream out) throws IOException {
    this.out = out;
    out.write(HEADER);
  }

  /** The length in bytes of an archive of files of these lengths. */
  static long length(Stream<Long> files) {
    long tar = files.mapToLong(bytes -> RECORD + padded(bytes)).sum() + 2 * RECORD;
    long blocks = Math.max(1, (tar + MAX_STORED_BYTES - 1) / MAX_STORED_BYTES);
    return GZIP_HEADER + tar + blocks * BLOCK_HEADER + GZIP_TRAILER;
  }

  /**
   * Adds a file.
   *
   * @param name its path in the archive, of ASCII characters, no more than 100
   * @param bytes its length
   * @param in its content, of that length
   */
  void add(String name, long bytes, InputStream in) throws IOException {
    write(header(name, bytes));
    byte[] buffer = new byte[1 << 14];
    long left = bytes;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      write(Arrays.copyOf(buffer, n));
      left -= n;
    }
    if (left != 0) {
      throw new IOException(name + " does not have the length of its entry");
    }
    write(new byte[(int) (padded(bytes) - bytes)]);
  }

  private static long padded(long bytes) {
    return (bytes + RECORD - 1) / RECORD * RECORD;
  }

  private static byte[] header(String name, long bytes) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    if (text.length > NAME_BYTES || !name.equals(new String(text, StandardCharsets.US_ASCII))) {
      throw new IllegalArgumentException("no name for an archive: " + name);
    }
    byte[] header = new byte[RECORD];
    put(header, 0, name);
    put(header, 100, "0000644\0"); // mode
    put(header, 108, "0000000\0"); // owner
    put(header, 116, "0000000\0"); // group
    put(header, 124, String.format(Locale.ROOT, "%011o\0", bytes));
    put(header, 136, "00000000000\0"); // time
    put(header, 148, "        "); // the checksum counts as spaces
    put(header, 156, "0"); // a file
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return header;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, header, offset, ascii.length);
  }

  private void write(byte[] bytes) throws IOException {
    crc.update(bytes);
    length += bytes.length;
    for (int from = 0; from < bytes.length; ) {
      if (filled == MAX_STORED_BYTES) {
        store(false);
      }
      int n = Math.min(bytes.length - from, MAX_STORED_BYTES - filled);
      System.arraycopy(bytes, from, block, filled, n);
      filled += n;
      from += n;
    }
  }

  private void store(boolean last) throws IOException {
    out.write(last ? 1 : 0);
    little(filled, 2);
    little(~filled, 2);
    out.write(block, 0, filled);
    filled = 0;
  }

  private void little(long value, int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> 8 * i) & 0xFF);
    }
  }

  @Override
  public void close() throws IOException {
    write(new byte[2 * RECORD]);
    store(true);
    little(crc.getValue(), 4);
    little(length, 4);
  }
}
