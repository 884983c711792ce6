package dev.propensity.monitoring.drift;

/**
 * Counts of one column's cells.
 *
 * @param bins cells with a known value, by the baseline's bins or values, in the baseline's order
 * @param missing empty cells
 * @param unseen cells with a value that the baseline does not have
 */
public record ColumnCounts(long[] bins, long missing, long unseen) {

  /** The number of cells with a known value. */
  public long known() {
    long sum = 0;
    for (long count : bins) {
      sum += count;
    }
    return sum;
  }

  /** The number of all cells. */
  public long rows() {
    return known() + missing + unseen;
  }

  /** The counts of both. */
  ColumnCounts plus(ColumnCounts other) {
    long[] sums = bins.clone();
    for (int bin = 0; bin < sums.length; bin++) {
      sums[bin] += other.bins[bin];
    }
    return new ColumnCounts(sums, missing + other.missing, unseen + other.unseen);
  }

  /** The counts without those of a part. */
  ColumnCounts minus(ColumnCounts part) {
    long[] rest = bins.clone();
    for (int bin = 0; bin < rest.length; bin++) {
      rest[bin] -= part.bins[bin];
    }
    return new ColumnCounts(rest, missing - part.missing, unseen - part.unseen);
  }

  /** The share of empty cells; 0 without cells. */
  double missingShare() {
    return share(missing, rows());
  }

  /** The share of unseen values among the cells that are not empty; 0 without such cells. */
  double unseenShare() {
    return share(unseen, known() + unseen);
  }

  private static double share(long part, long all) {
    return all == 0 ? 0 : (double) part / all;
  }
}
