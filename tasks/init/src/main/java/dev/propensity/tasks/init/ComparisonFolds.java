package dev.propensity.tasks.init;

import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.metric.Ranking;
import dev.propensity.model.metric.RocAuc;
import dev.propensity.model.metric.ScoredRows;
import java.util.SplittableRandom;

/** Folds of rows at random, always the same, each with its share of both labels, to one row. */
final class ComparisonFolds {
  private static final int VALIDATION = 7; // one in so many rows of the other folds
  private static final long SEED = 1;

  private final FeatureTable rows;
  private final int[] fold; // by row
  private final int[] part; // by row; 0 is validation where the row is not of the fold

  ComparisonFolds(FeatureTable rows, int count) {
    this.rows = rows;
    this.fold = new int[rows.rows()];
    this.part = new int[rows.rows()];
    int[] next = new int[2];
    for (int row : shuffled(rows.rows())) {
      int number = next[rows.labels()[row]]++;
      fold[row] = number % count;
      part[row] = number / count % VALIDATION;
    }
  }

  private static int[] shuffled(int rows) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] order = new int[rows];
    for (int row = 0; row < rows; row++) {
      int other = random.nextInt(row + 1);
      order[row] = order[other];
      order[other] = row;
    }
    return order;
  }

  /** The rows of a fold, from 0. */
  FeatureTable test(int number) {
    return rows.where(row -> fold[row] == number);
  }

  /** Most of the other rows. */
  FeatureTable train(int number) {
    return rows.where(row -> fold[row] != number && part[row] != 0);
  }

  /** The rest of the other rows, for early stopping. */
  FeatureTable validation(int number) {
    return rows.where(row -> fold[row] != number && part[row] == 0);
  }

  /** The AUC of these margins of a fold's rows. */
  double auc(int number, float[] margins) {
    ScoredRows scored = ScoredRows.of("the fold", test(number).labels(), probabilities(margins));
    return RocAuc.of(Ranking.of(scored));
  }

  private static float[] probabilities(float[] margins) {
    float[] scores = new float[margins.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (1 / (1 + StrictMath.exp(-margins[i])));
    }
    return scores;
  }
}
