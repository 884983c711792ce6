package dev.propensity.tasks.serve.rows;

import dev.propensity.foundation.BlockInputStream;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.table.file.Unpacked;
import dev.propensity.tasks.serve.http.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A request's body that throws a {@link Problem} once it is too long, regardless of its header, or
 * arrives too slowly.
 */
public final class BoundedBody extends BlockInputStream {
  private static final int RETRY_SECONDS = 30;

  private final long bytes;
  private final MinimumRate minimumRate;
  private long waited;
  private long bytesRead;

  /**
   * @param bytes the maximum length
   */
  public BoundedBody(InputStream body, long bytes) {
    this(body, bytes, MinimumRate.USUAL);
  }

  BoundedBody(InputStream body, long bytes, MinimumRate minimumRate) {
    super(body);
    this.bytes = bytes;
    this.minimumRate = minimumRate;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long start = System.nanoTime();
    int n = super.read(buffer, offset, length);
    waited += System.nanoTime() - start;
    if (n > 0) {
      bytesRead += n;
      if (bytesRead > bytes) {
        throw tooLong(bytes);
      }
      if (minimumRate.isTooSlow(bytesRead, waited)) {
        throw new Problem(408, "the body arrives too slowly");
      }
    }
    return n;
  }

  /**
   * The table in a body, decompressed if its content is gzip or ZIP.
   *
   * @param where the table's name, for errors
   * @param bytes the maximum length, decompressed
   * @throws Problem from reads, if there are more; with 503 if the disk is full
   */
  public static InputStream decompressed(InputStream body, String where, long bytes)
      throws IOException {
    InputStream open =
        new FilterInputStream(body) {
          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return in.read(buffer, offset, length);
          }

          @Override
          public void close() {} // the server reads the rest of the request
        };
    try {
      return Unpacked.open(
          open,
          where,
          count -> {
            if (count > bytes) {
              throw tooLong(bytes);
            }
          });
    } catch (UnavailableException e) {
      throw new Problem(503, "not enough disk space for the ZIP on the server", RETRY_SECONDS);
    }
  }

  /** The rejection of a body longer than this. */
  public static Problem tooLong(long bytes) {
    return new Problem(413, "the body is longer than " + bytes + " bytes; send fewer rows at once");
  }

  /** The rejection of a body with more rows than this. */
  public static Problem tooManyRows(long rows) {
    return new Problem(413, "the body has more than " + rows + " rows; send fewer at once");
  }
}
