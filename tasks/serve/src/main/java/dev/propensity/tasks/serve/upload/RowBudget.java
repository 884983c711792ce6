package dev.propensity.tasks.serve.upload;

import dev.propensity.tasks.serve.http.Problem;
import java.util.concurrent.Semaphore;

/**
 * The number of rows whose identifiers all uploads together may keep in memory, so that many large
 * ones at once cannot fill the heap. Small uploads do not count.
 */
final class RowBudget {
  private static final int CHUNK = 1 << 14;

  private final Semaphore chunks;

  /**
   * @param rows of one upload; the total is a quarter more
   */
  RowBudget(int rows) {
    this.chunks = new Semaphore(rows / CHUNK * 5 / 4 + 1);
  }

  Share open() {
    return new Share();
  }

  /** The share of one upload. */
  final class Share implements AutoCloseable {
    private int taken;

    /**
     * Reserves the budget for this many rows.
     *
     * @throws Problem with 503 if it is used up by others
     */
    void cover(long rows) {
      while (rows / CHUNK > taken) {
        if (!chunks.tryAcquire()) {
          throw new Problem(503, "busy with other large uploads; retry later");
        }
        taken++;
      }
    }

    @Override
    public void close() {
      chunks.release(taken);
      taken = 0;
    }
  }
}
