package dev.propensity.model.calibration;

/** Assigns rows to folds by a hash of their number (SplitMix64), independent of their order. */
final class RowFolds {
  private RowFolds() {}

  /**
   * The row's fold, from 0.
   *
   * @param folds how many there are
   */
  static int of(int row, int folds) {
    long mixed = (row + 1) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return (int) Long.remainderUnsigned(mixed ^ mixed >>> 31, folds);
  }
}
