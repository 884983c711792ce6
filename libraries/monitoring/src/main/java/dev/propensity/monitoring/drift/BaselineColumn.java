package dev.propensity.monitoring.drift;

import dev.propensity.dataset.specification.ColumnKind;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A column of the model's training rows.
 *
 * @param kind of the column, or of the date that it is a part of
 * @param counts of the training rows
 * @param positives of a category, how many rows of each value are positive
 * @param singletons values that exactly one training row has
 */
public record BaselineColumn(
    ColumnKind kind, ColumnCounts counts, long @Nullable [] positives, long singletons) {

  /**
   * The share of values that new rows are expected to have and the training rows lack: the share of
   * the singletons, by Good (The population frequencies of species and the estimation of population
   * parameters, Biometrika 40, 1953). Training cells cannot be unseen.
   */
  double expectedUnseen() {
    long rows = counts.known();
    return rows == 0 ? 0 : (double) singletons / rows;
  }

  /**
   * The order of the bins: theirs, and that of categories by their label rate. Then a change of the
   * mean rank is a change towards customers who are more, or less, likely to respond.
   */
  int[] order() {
    IntStream bins = IntStream.range(0, counts.bins().length);
    if (positives == null) {
      return bins.toArray();
    }
    return bins.boxed()
        .sorted(
            Comparator.comparingDouble(this::labelRate)
                .thenComparing(Comparator.comparingLong(bin -> counts.bins()[bin])))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * The mid-rank of each bin, in (0, 1): the share of the training rows in the bins before it, and
   * half of its own. Its mean over the training rows is 0.5. Categories of equal label rate share
   * theirs.
   */
  public double[] midranks() {
    int[] order = order();
    long known = counts.known();
    double[] ranks = new double[order.length];
    double before = 0;
    for (int from = 0; from < order.length && known > 0; ) {
      int to = from + 1;
      double share = share(order[from], known);
      while (to < order.length && tied(order[from], order[to])) {
        share += share(order[to++], known);
      }
      for (; from < to; from++) {
        ranks[order[from]] = before + share / 2;
      }
      before += share;
    }
    return ranks;
  }

  private boolean tied(int one, int other) {
    return positives != null && labelRate(one) == labelRate(other);
  }

  private double share(int bin, long known) {
    return (double) counts.bins()[bin] / known;
  }

  private double labelRate(int bin) {
    long rows = counts.bins()[bin];
    return positives == null || rows == 0 ? 0 : (double) positives[bin] / rows;
  }
}
