package dev.propensity.model.logistic;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * Work on blocks of rows by several threads. Blocks are the same whatever the threads, and their
 * sums are added in their order: so the result does not depend on the number of threads.
 */
final class Blocks implements AutoCloseable {
  private static final int ROWS = 2048;

  private final int rows;
  private final ForkJoinPool pool;

  Blocks(int rows, int threads) {
    this.rows = rows;
    this.pool = new ForkJoinPool(threads);
  }

  /** Adds something for each of a block's rows to its sums. */
  interface RowFunction {
    void on(int row, double[] sums);
  }

  /** The sums over all rows. */
  double[] sum(int length, RowFunction work) {
    int blocks = (rows + ROWS - 1) / ROWS;
    double[][] parts = new double[blocks][length];
    pool.submit(() -> IntStream.range(0, blocks).parallel().forEach(b -> block(b, parts[b], work)))
        .join();
    double[] sums = new double[length];
    for (double[] part : parts) {
      for (int i = 0; i < length; i++) {
        sums[i] += part[i];
      }
    }
    return sums;
  }

  private void block(int block, double[] sums, RowFunction work) {
    int end = Math.min(rows, (block + 1) * ROWS);
    for (int row = block * ROWS; row < end; row++) {
      work.on(row, sums);
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
