package dev.propensity.monitoring.drift;

import java.util.Arrays;

/** The population stability index: how large the difference of two distributions is. */
final class Psi {
  private Psi() {}

  /**
   * PSI = Σ (q − p) ln (q / p), of the shares p and q of each bin (Siddiqi, Credit Risk Scorecards,
   * 2006). An empty bin counts as half a row.
   */
  static double of(PooledBins bins) {
    double before = Arrays.stream(bins.before()).sum();
    double window = Arrays.stream(bins.window()).sum();
    if (before == 0 || window == 0) {
      return 0;
    }
    double sum = 0;
    for (int bin = 0; bin < bins.bins(); bin++) {
      double p = Math.max(0.5, bins.before()[bin]) / before;
      double q = Math.max(0.5, bins.window()[bin]) / window;
      sum += (q - p) * StrictMath.log(q / p);
    }
    return sum;
  }

  /**
   * PSI* = max(0, PSI − (B − 1) (1/n + 1/m)): without what PSI of two samples of n and m rows from
   * one distribution is on average (Yurdakul and Naranjo, Statistical properties of the population
   * stability index, Journal of Risk Model Validation 14, 2020). So it does not depend on how many
   * rows a window has.
   */
  static double corrected(PooledBins bins) {
    double before = Arrays.stream(bins.before()).sum();
    double window = Arrays.stream(bins.window()).sum();
    if (before == 0 || window == 0) {
      return 0;
    }
    return Math.max(0, of(bins) - (bins.bins() - 1) * (1 / before + 1 / window));
  }
}
