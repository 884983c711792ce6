package dev.propensity.table.arrow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of an Arrow IPC file: on disk, or in memory. */
interface ArrowSource extends AutoCloseable {

  long size() throws IOException;

  /**
   * Bytes of the file, little-endian and with an array; short if it ends before.
   *
   * @param from at most the size
   */
  ByteBuffer read(long from, int length) throws IOException;

  @Override
  void close() throws IOException;

  static ArrowSource of(Path path) throws IOException {
    return new OnDisk(FileChannel.open(path, StandardOpenOption.READ));
  }

  static ArrowSource of(ByteBuffer bytes) {
    return new InMemory(bytes.slice());
  }

  /** A file. */
  record OnDisk(FileChannel file) implements ArrowSource {
    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public ByteBuffer read(long from, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      while (buffer.hasRemaining()) {
        if (file.read(buffer, from + buffer.position()) < 0) {
          break;
        }
      }
      return buffer.flip();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** A file's content, of which nothing is copied. */
  record InMemory(ByteBuffer bytes) implements ArrowSource {
    @Override
    public long size() {
      return bytes.limit();
    }

    @Override
    public ByteBuffer read(long from, int length) {
      int start = (int) from;
      return bytes
          .slice(start, Math.min(length, bytes.limit() - start))
          .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
