package dev.propensity.parquet;

import dev.propensity.foundation.UserException;
import java.util.Locale;

/**
 * The memory for the pages that are open at once: one page and one dictionary a column. A file's
 * sizes are checked before memory is allocated, since a small file may claim large ones.
 */
final class PageMemory {
  private static final long LEAST = 32L << 20;
  private static final int SHARE = 2; // of the heap

  private final long limit;
  private long used;

  PageMemory() {
    this(Math.max(LEAST, Runtime.getRuntime().maxMemory() / SHARE));
  }

  /**
   * @param limit in bytes
   */
  PageMemory(long limit) {
    this.limit = limit;
  }

  /**
   * Takes memory.
   *
   * @param where the file and column, for errors
   * @throws UserException if too much is in use
   */
  void take(long bytes, String where) {
    used += bytes;
    if (used > limit) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: the open pages of all columns need more than %,d MiB, half of the heap: write"
                  + " the file with smaller pages, or give the task more memory",
              where,
              limit >> 20));
    }
  }

  /** Returns memory. */
  void release(long bytes) {
    used -= bytes;
  }
}
