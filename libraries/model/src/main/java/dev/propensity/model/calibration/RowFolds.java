package dev.propensity.model.calibration;

import dev.propensity.dataset.split.Splitter;
import java.util.Arrays;

/**
 * Stratified folds: the rows of each label, ordered by a hash of their number (SplitMix64), are
 * assigned to the folds in turn, so that each fold has its share of each label, to one row.
 *
 * <p>Without strata, a fold with more positives than others leaves fewer to the model that scores
 * it. Where regularization is strong, the calibrator multiplies that error: the scores of a fold
 * would deviate from its rows by far more than chance.
 */
final class RowFolds {
  private final int count;
  private final byte[] folds;

  /**
   * @param labels by row, 0 or 1
   * @param count the number of folds, at most 127
   */
  RowFolds(byte[] labels, int count) {
    this.count = count;
    this.folds = new byte[labels.length];
    for (byte label = 0; label <= 1; label++) {
      assign(labels, label);
    }
  }

  private void assign(byte[] labels, byte label) {
    long[] hashes = new long[labels.length];
    int size = 0;
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] == label) {
        hashes[size++] = hash(row);
      }
    }
    Arrays.sort(hashes, 0, size);
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] == label) {
        folds[row] = (byte) (Arrays.binarySearch(hashes, 0, size, hash(row)) % count);
      }
    }
  }

  private static long hash(int row) {
    return Splitter.mix((row + 1) * 0x9E3779B97F4A7C15L);
  }

  /** The row's fold, from 0. */
  int of(int row) {
    return folds[row];
  }
}
