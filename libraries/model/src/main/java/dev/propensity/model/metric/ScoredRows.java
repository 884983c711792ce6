package dev.propensity.model.metric;

import dev.propensity.foundation.UserException;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows with their true labels and a model's scores, in the table's order: what every metric is
 * computed from. There are at least two rows of each label, so that no metric is undefined.
 */
public final class ScoredRows {
  private static final int FEWEST = 2; // of each label

  private final byte[] labels;
  private final float[] scores;
  private final int positives;

  private ScoredRows(byte[] labels, float[] scores, int positives) {
    this.labels = labels;
    this.scores = scores;
    this.positives = positives;
  }

  /**
   * @param what the rows are, for errors: {@code the test split}
   * @param labels one a row: 1 positive, 0 negative
   * @param scores one a row, probabilities in [0, 1]
   * @throws UserException if there are fewer than two rows of a label, or a row without a label
   */
  public static ScoredRows of(String what, byte[] labels, float[] scores) {
    if (labels.length != scores.length) {
      throw new IllegalArgumentException(labels.length + " labels, " + scores.length + " scores");
    }
    int positives = 0;
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] != 0 && labels[row] != 1) {
        throw new UserException(
            "row " + (row + 1) + " of " + what + " has no label; every row needs one");
      }
      if (!(scores[row] >= 0 && scores[row] <= 1)) {
        throw new IllegalArgumentException(
            "row " + (row + 1) + " of " + what + " has the score " + scores[row]);
      }
      positives += labels[row];
    }
    if (labels.length == 0) {
      throw new UserException(what + " has no rows; a model cannot be evaluated on it");
    }
    if (positives < FEWEST || labels.length - positives < FEWEST) {
      throw new UserException(
          what
              + " has "
              + positives
              + " positive and "
              + (labels.length - positives)
              + " negative rows; evaluation needs at least two of each");
    }
    return new ScoredRows(labels.clone(), scores.clone(), positives);
  }

  /**
   * The rows without these, in their order.
   *
   * @param numbers of the rows to leave out, from 0
   * @return nothing where fewer than two rows of a label are left
   */
  public Optional<ScoredRows> without(BitSet numbers) {
    int[] kept = IntStream.range(0, rows()).filter(row -> !numbers.get(row)).toArray();
    byte[] theirLabels = new byte[kept.length];
    float[] theirScores = new float[kept.length];
    int theirPositives = 0;
    for (int row = 0; row < kept.length; row++) {
      theirLabels[row] = labels[kept[row]];
      theirScores[row] = scores[kept[row]];
      theirPositives += theirLabels[row];
    }
    return theirPositives < FEWEST || kept.length - theirPositives < FEWEST
        ? Optional.empty()
        : Optional.of(new ScoredRows(theirLabels, theirScores, theirPositives));
  }

  /** How many rows there are. */
  public int rows() {
    return labels.length;
  }

  /** How many of them are positive. */
  public int positives() {
    return positives;
  }

  /** How many of them are negative. */
  public int negatives() {
    return labels.length - positives;
  }

  /** Whether this row is positive. */
  public boolean isPositive(int row) {
    return labels[row] == 1;
  }

  /** The row's label: 1 positive, 0 negative. */
  public int label(int row) {
    return labels[row];
  }

  /** The row's score in [0, 1]. */
  public float score(int row) {
    return scores[row];
  }

  /** The share of positive rows. */
  public double baseRate() {
    return (double) positives / labels.length;
  }

  /** Whether these are the same rows as those, judged by their labels. */
  boolean hasLabelsOf(ScoredRows other) {
    return java.util.Arrays.equals(labels, other.labels);
  }
}
