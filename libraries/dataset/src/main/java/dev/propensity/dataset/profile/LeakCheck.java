package dev.propensity.dataset.profile;

import java.util.Arrays;

/**
 * How well one column alone ranks the rows by label. A column that does it almost perfectly is
 * mostly known only after the label, such as the date of a contract that the customer signed: a
 * <i>leak</i>. The model of such a table looks perfect and is useless for new customers.
 */
final class LeakCheck {
  /** From this AUC on, a column is a leak. */
  static final double LEAK_AUC = 0.99;

  private static final int FEWEST = 30; // of a label: a good column separates few rows by chance
  private static final int FOLDS = 5;
  private static final int MAX_BINS = 64;
  private static final int ROWS_PER_BIN = 20;

  private LeakCheck() {}

  /**
   * The AUC of the column: the higher of the AUC of its values, in either direction, and that of
   * their bins' label rates in the other folds. The latter finds codes without order, and is near
   * 0.5 for a category of many words that have nothing to do with the label.
   *
   * @param negatives the values of the negative rows; NaN is missing
   * @param positives of the positive rows
   * @param ordered whether the values are numbers; otherwise they are codes of words
   * @return from about 0.5 to 1; 0.5 where a label has fewer than 30 rows
   */
  static double auc(float[] negatives, float[] positives, boolean ordered) {
    if (Math.min(negatives.length, positives.length) < FEWEST) {
      return 0.5;
    }
    float[] values = Arrays.copyOf(negatives, negatives.length + positives.length);
    System.arraycopy(positives, 0, values, negatives.length, positives.length);
    double rates = auc(outOfFoldRates(values, negatives.length, ordered), negatives.length);
    if (!ordered) {
      return rates;
    }
    double ranks = auc(numbers(values), negatives.length);
    return Math.max(rates, Math.max(ranks, 1 - ranks));
  }

  /** Missing values first. */
  private static double[] numbers(float[] values) {
    double[] numbers = new double[values.length];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = values[row] != values[row] ? Double.NEGATIVE_INFINITY : values[row];
    }
    return numbers;
  }

  /** Each row's share of positives among the rows of its bin in the other folds. */
  private static double[] outOfFoldRates(float[] values, int negatives, boolean ordered) {
    double[] rates = new double[values.length];
    for (int fold = 0; fold < FOLDS; fold++) {
      float[] cuts = cuts(values, fold, ordered);
      double[] rows = new double[cuts.length + 2];
      double[] positives = new double[cuts.length + 2];
      double all = 0;
      double allPositives = 0;
      for (int row = 0; row < values.length; row++) {
        if (row % FOLDS != fold) {
          int bin = bin(cuts, values[row], ordered);
          rows[bin]++;
          all++;
          positives[bin] += row >= negatives ? 1 : 0;
          allPositives += row >= negatives ? 1 : 0;
        }
      }
      for (int row = fold; row < values.length; row += FOLDS) {
        int bin = bin(cuts, values[row], ordered);
        rates[row] = (positives[bin] + allPositives / all) / (rows[bin] + 1);
      }
    }
    return rates;
  }

  /** Where bins begin: at each word, or at quantiles of the numbers, in the other folds. */
  private static float[] cuts(float[] values, int fold, boolean ordered) {
    float[] others = new float[values.length];
    int count = 0;
    for (int row = 0; row < values.length; row++) {
      if (row % FOLDS != fold && values[row] == values[row]) {
        others[count++] = values[row];
      }
    }
    Arrays.sort(others, 0, count);
    int distinct = distinct(others, count);
    int bins = Math.max(2, Math.min(MAX_BINS, count / ROWS_PER_BIN));
    if (!ordered || distinct - 1 <= bins || count == 0) {
      return Arrays.copyOf(others, distinct);
    }
    float[] cuts = new float[bins];
    for (int bin = 0; bin < bins; bin++) {
      cuts[bin] = others[(int) ((long) distinct * bin / bins)];
    }
    return cuts;
  }

  /** Moves each different value to the front; returns how many there are. */
  private static int distinct(float[] sorted, int count) {
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || sorted[i] != sorted[distinct - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    return distinct;
  }

  /** 0 for missing, 1 below all cuts and for words that are none, then a bin for each cut. */
  private static int bin(float[] cuts, float value, boolean ordered) {
    if (value != value) {
      return 0;
    }
    int at = Arrays.binarySearch(cuts, value);
    if (at >= 0) {
      return at + 2;
    }
    return ordered ? -at : 1;
  }

  /** The probability that a positive row has a higher score than a negative one; ties half. */
  private static double auc(double[] scores, int negatives) {
    double[] low = Arrays.copyOf(scores, negatives);
    double[] high = Arrays.copyOfRange(scores, negatives, scores.length);
    Arrays.sort(low);
    Arrays.sort(high);
    double pairs = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : high) {
      while (below < low.length && low[below] < score) {
        below++;
      }
      while (notAbove < low.length && low[notAbove] <= score) {
        notAbove++;
      }
      pairs += below + (notAbove - below) / 2.0;
    }
    return pairs / low.length / high.length;
  }
}
