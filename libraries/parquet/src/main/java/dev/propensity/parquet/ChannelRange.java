package dev.propensity.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A range of a file's bytes. Other ranges of the file may be read at the same time. Faults of the
 * machine are a {@link FileFaultException}, which no reader takes for damaged content.
 */
final class ChannelRange extends InputStream {
  private final FileChannel file;
  private final long end;
  private long position;

  /**
   * @param file stays open
   */
  ChannelRange(FileChannel file, long start, long length) {
    this.file = file;
    this.position = start;
    this.end = Math.addExact(start, length);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    int most = (int) Math.min(length, end - position);
    if (most <= 0) {
      return length == 0 ? 0 : -1;
    }
    try {
      int count = file.read(ByteBuffer.wrap(buffer, offset, most), position);
      position += Math.max(0, count);
      return count;
    } catch (IOException e) {
      throw new FileFaultException(e);
    }
  }
}
