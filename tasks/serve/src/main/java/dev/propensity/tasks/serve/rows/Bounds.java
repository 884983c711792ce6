package dev.propensity.tasks.serve.rows;

import dev.propensity.foundation.UserException;

/**
 * The limits of one request.
 *
 * @param bytes of a body
 * @param rows of a body
 * @param cells features over all rows, which determine a request's memory
 */
public record Bounds(long bytes, int rows, int cells) {
  private static final int CELLS = 4_000_000;
  private static final long MEBIBYTE = 1 << 20;

  public Bounds {
    if (bytes < 1 || rows < 1) {
      throw new UserException("the largest body must be 1 MiB or more, and its rows 1 or more");
    }
  }

  public static Bounds of(int mebibytes, int rows) {
    return new Bounds(mebibytes * MEBIBYTE, rows, CELLS);
  }

  /** The maximum number of rows with this many features. */
  public int rowsOf(int features) {
    return Math.min(rows, cells / Math.max(1, features));
  }
}
