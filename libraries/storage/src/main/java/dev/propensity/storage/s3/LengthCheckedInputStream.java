package dev.propensity.storage.s3;

import dev.propensity.foundation.BlockInputStream;
import dev.propensity.foundation.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream of known length that throws {@link UnavailableException} where the connection breaks or
 * ends early. If closed early, it closes the connection without reading the rest.
 */
final class LengthCheckedInputStream extends BlockInputStream {
  private final String what;
  private final Runnable abort;
  private long left;

  /**
   * @param length in bytes; 0 where it is not known
   */
  LengthCheckedInputStream(InputStream in, long length, String what, Runnable abort) {
    super(in);
    this.left = length;
    this.what = what;
    this.abort = abort;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n;
    try {
      n = super.read(buffer, offset, length);
    } catch (IOException | RuntimeException e) {
      throw broken(e);
    }
    if (n > 0) {
      left -= n;
    } else if (n < 0 && left > 0) {
      throw broken(null);
    }
    return n;
  }

  @Override
  public void close() throws IOException {
    if (left > 0) {
      abort.run();
    } else {
      super.close();
    }
  }

  private UnavailableException broken(@Nullable Exception cause) {
    return new UnavailableException(
        "the connection broke while reading " + what + ", " + left + " bytes before its end",
        cause);
  }
}
