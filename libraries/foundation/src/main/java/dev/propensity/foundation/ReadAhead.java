package dev.propensity.foundation;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream ahead in a separate thread, so that downloading and decompressing a table run in
 * parallel with checking its rows. A failure of the source is thrown after the bytes before it.
 */
public final class ReadAhead extends InputStream {
  private static final int BLOCKS = 16;
  private static final int BLOCK_BYTES = 1 << 16;

  /** Bytes, or the end of the stream (no bytes) and why it ended. */
  private record Block(byte[] bytes, int length, @Nullable Exception failure) {}

  private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(BLOCKS);
  private final InputStream source;
  private final Thread thread;
  private Block block = new Block(new byte[0], 0, null);
  private int position;
  private boolean ended;

  /**
   * @param source is read to its end, and closed with this stream
   */
  public ReadAhead(InputStream source) {
    this.source = source;
    this.thread = new Thread(this::fill, "read-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  private void fill() {
    try {
      Block next;
      do {
        next = next();
        blocks.put(next);
      } while (next.length() > 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed before the end: nobody waits for more
    }
  }

  private Block next() {
    try {
      byte[] bytes = new byte[BLOCK_BYTES];
      return new Block(bytes, source.readNBytes(bytes, 0, BLOCK_BYTES), null);
    } catch (IOException | RuntimeException e) {
      return new Block(new byte[0], 0, e);
    }
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == block.length() && !ended) {
      advance();
    }
    if (ended) {
      return -1;
    }
    int count = Math.min(length, block.length() - position);
    System.arraycopy(block.bytes(), position, to, offset, count);
    position += count;
    return count;
  }

  private void advance() throws IOException {
    try {
      block = blocks.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    position = 0;
    ended = block.length() == 0;
    if (block.failure() instanceof IOException failure) {
      throw failure;
    }
    if (block.failure() instanceof RuntimeException failure) {
      throw failure;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    source.close();
  }
}
