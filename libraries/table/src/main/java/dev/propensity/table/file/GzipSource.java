package dev.propensity.table.file;

import dev.propensity.foundation.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compressed bytes for a {@link java.util.zip.GZIPInputStream}, which then reads all members,
 * however the bytes arrive. It looks for a further member only where bytes are available, and takes
 * any failure while it looks for the end; here bytes are always available, and failures are kept.
 */
public final class GzipSource extends BlockInputStream {
  private @Nullable IOException failure;
  private long bytesRead;

  /**
   * @param in gives gzip
   */
  public GzipSource(InputStream in) {
    super(in);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = super.read(buffer, offset, length);
      bytesRead += Math.max(0, count);
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public int available() {
    return 1;
  }

  /** The failure of the source itself; null where there was none. */
  public @Nullable IOException failure() {
    return failure;
  }

  /** How many compressed bytes were read. */
  public long bytesRead() {
    return bytesRead;
  }
}
