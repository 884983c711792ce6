package dev.propensity.model.prediction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Blocks of rows that other threads score, and whose results are written in their order. */
final class ScoringQueue {
  private final ExecutorService scorers;
  private final int most;
  private final PredictionFiles files;
  private final Deque<Future<ScoredBlock>> underWay = new ArrayDeque<>();

  /**
   * @param most how many blocks may be under way when the next one is added
   */
  ScoringQueue(ExecutorService scorers, int most, PredictionFiles files) {
    this.scorers = scorers;
    this.most = most;
    this.files = files;
  }

  /** Writes the oldest block where too many are under way. */
  void makeRoom() {
    if (underWay.size() > most) {
      files.add(result(underWay.remove()));
    }
  }

  void add(Callable<ScoredBlock> block) {
    underWay.add(scorers.submit(block));
  }

  /** Writes the other blocks. */
  void finish() {
    while (!underWay.isEmpty()) {
      files.add(result(underWay.remove()));
    }
  }

  private static ScoredBlock result(Future<ScoredBlock> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while scoring", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }
}
