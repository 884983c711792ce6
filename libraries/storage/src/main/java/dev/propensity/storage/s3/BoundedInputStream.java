package dev.propensity.storage.s3;

import dev.propensity.foundation.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream limited to a number of bytes. */
final class BoundedInputStream extends BlockInputStream {
  private long left;

  BoundedInputStream(InputStream in, long bytes) {
    super(in);
    this.left = bytes;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0 && length > 0) {
      return -1;
    }
    int n = super.read(buffer, offset, (int) Math.min(length, left));
    left -= Math.max(n, 0);
    return n;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(super.available(), left);
  }
}
