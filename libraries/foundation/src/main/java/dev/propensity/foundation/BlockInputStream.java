package dev.propensity.foundation;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that observes the bytes read from another one. Every byte goes through {@link
 * #read(byte[], int, int)}, the one method to override: none is skipped or read again without it.
 */
public abstract class BlockInputStream extends FilterInputStream {
  private static final int MAX_SKIPPED_BYTES = 1 << 16;

  protected BlockInputStream(InputStream in) {
    super(in);
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public final long skip(long count) throws IOException {
    return count <= 0 ? 0 : readNBytes((int) Math.min(count, MAX_SKIPPED_BYTES)).length;
  }

  @Override
  public final boolean markSupported() {
    return false;
  }
}
