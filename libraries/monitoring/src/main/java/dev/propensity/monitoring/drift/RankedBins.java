package dev.propensity.monitoring.drift;

/**
 * The bins of a variable as the baseline orders them.
 *
 * @param order of the bins
 * @param midranks of the bins
 * @param variance of one row's mid-rank
 */
record RankedBins(int[] order, double[] midranks, double variance) {

  static RankedBins of(BaselineColumn baseline) {
    double[] ranks = baseline.midranks();
    double rows = Math.max(1, baseline.counts().known());
    double variance = 0;
    for (int bin = 0; bin < ranks.length; bin++) {
      double share = baseline.counts().bins()[bin] / rows;
      variance += share * (ranks[bin] - 0.5) * (ranks[bin] - 0.5);
    }
    return new RankedBins(baseline.order(), ranks, variance);
  }

  /** The mean mid-rank of rows by bin, of which there is at least one. */
  double mean(long[] bins) {
    double sum = 0;
    long rows = 0;
    for (int bin = 0; bin < bins.length; bin++) {
      sum += bins[bin] * midranks[bin];
      rows += bins[bin];
    }
    return sum / rows;
  }
}
