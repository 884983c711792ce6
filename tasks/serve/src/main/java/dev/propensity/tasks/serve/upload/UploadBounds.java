package dev.propensity.tasks.serve.upload;

import dev.propensity.foundation.UserException;

/**
 * The limits of uploads.
 *
 * @param bytes of a body
 * @param rows of a file
 * @param atOnce the maximum number of concurrent uploads
 */
public record UploadBounds(long bytes, int rows, int atOnce) {
  private static final int AT_ONCE = 8;
  private static final long MEBIBYTE = 1 << 20;

  public UploadBounds {
    if (bytes < 1 || rows < 1) {
      throw new UserException("the largest upload must be 1 MiB or more, and its rows 1 or more");
    }
  }

  /**
   * Bounds for eight uploads at a time.
   *
   * @param mebibytes of a body, 1 or more
   * @param rows of a file, 1 or more
   * @throws UserException if one is less than 1
   */
  public static UploadBounds of(int mebibytes, int rows) {
    return new UploadBounds(mebibytes * MEBIBYTE, rows, AT_ONCE);
  }
}
