package dev.propensity.tasks.serve.upload;

import dev.propensity.tasks.serve.http.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Buffers a response until it is complete: a small one in memory, a larger one in an unlinked
 * temporary file, so that nothing is left behind however the process ends.
 */
final class Spill implements AutoCloseable {
  private static final int IN_MEMORY = 1 << 18;
  private static final int RETRY_SECONDS = 30;

  /** Opens the file. */
  interface Opener {
    FileChannel open() throws IOException;
  }

  private final long most;
  private final Opener opener;
  private final byte[] memory = new byte[IN_MEMORY];
  private int used;
  private long length;
  private @Nullable FileChannel file;

  /**
   * @param most the maximum number of bytes
   */
  Spill(long most) {
    this(most, Spill::nameless);
  }

  Spill(long most, Opener opener) {
    this.most = most;
    this.opener = opener;
  }

  private static FileChannel nameless() throws IOException {
    Path path = Files.createTempFile("answer", null);
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /**
   * @throws Problem with 413 if it would be too long, 503 if the disk is full
   */
  void write(byte[] bytes, int count) {
    length += count;
    if (length > most) {
      throw new Problem(
          413, "the response would be longer than " + most + " bytes; send fewer rows");
    }
    if (used + count > memory.length) {
      flush();
      if (count > memory.length) {
        put(ByteBuffer.wrap(bytes, 0, count));
        return;
      }
    }
    System.arraycopy(bytes, 0, memory, used, count);
    used += count;
  }

  long length() {
    return length;
  }

  /**
   * Ends it: from now on nothing is written to the disk, and the response's headers may be set.
   *
   * @throws Problem with 503 if the disk is full
   */
  void end() {
    if (file != null) {
      flush();
    }
  }

  /** Sends the response after {@link #end}. */
  void copyTo(OutputStream out) throws IOException {
    if (file != null) {
      file.position(0);
      Channels.newInputStream(file).transferTo(out);
    } else {
      out.write(memory, 0, used);
    }
  }

  private void flush() {
    put(ByteBuffer.wrap(memory, 0, used));
    used = 0;
  }

  private void put(ByteBuffer bytes) {
    try {
      if (file == null) {
        file = opener.open();
      }
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new Problem(503, "not enough disk space for the response on the server", RETRY_SECONDS);
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
