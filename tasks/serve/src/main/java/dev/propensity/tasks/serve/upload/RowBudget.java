package dev.propensity.tasks.serve.upload;

import dev.propensity.tasks.serve.http.Problem;
import java.util.concurrent.Semaphore;

/**
 * How many rows all uploads together may remember the identifiers of, so that many large ones at
 * once cannot fill the heap. A small upload takes nothing of it.
 */
final class RowBudget {
  private static final int CHUNK = 1 << 14;

  private final Semaphore chunks;

  /**
   * @param rows of one upload; all together may have a quarter more
   */
  RowBudget(int rows) {
    this.chunks = new Semaphore(rows / CHUNK * 5 / 4 + 1);
  }

  Share open() {
    return new Share();
  }

  /** What one upload has taken. */
  final class Share implements AutoCloseable {
    private int taken;

    /**
     * Takes as much as so many rows need.
     *
     * @throws Problem with 503 where others have it
     */
    void cover(long rows) {
      while (rows / CHUNK > taken) {
        if (!chunks.tryAcquire()) {
          throw new Problem(503, "busy with other large uploads; try again");
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
