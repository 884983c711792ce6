package dev.propensity.benchmarks.drift;

import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.monitoring.drift.BaselineColumn;
import dev.propensity.monitoring.drift.ColumnCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A column of simulated rows.
 *
 * @param shares of the bins
 * @param missing the share of empty cells
 * @param ranks of the bins in the baseline, with mean 0 and variance 1
 * @param shape a change that leaves the mean rank as it is, with mean 0 and variance 1
 */
record SimulatedColumn(
    String name,
    BaselineColumn baseline,
    double[] shares,
    double missing,
    double[] ranks,
    double[] shape) {
  private static final int TRAINING_ROWS = 200_000;
  private static final double LABEL_RATE = 0.12;

  /** Columns such as those of the insurance table. */
  static List<SimulatedColumn> table(SplittableRandom random) {
    List<SimulatedColumn> columns = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      columns.add(of(random, "number" + i, ColumnKind.NUMBER, even(20), i == 1 ? 0.03 : 0));
    }
    double[] spike = even(16);
    spike[0] += 0.2;
    columns.add(of(random, "spike", ColumnKind.NUMBER, spike, 0));
    columns.add(of(random, "region", ColumnKind.CATEGORY, zipf(50), 0));
    columns.add(of(random, "channel", ColumnKind.CATEGORY, zipf(150), 0));
    columns.add(of(random, "even", ColumnKind.BOOLEAN, new double[] {0.54, 0.46}, 0));
    columns.add(of(random, "rare", ColumnKind.BOOLEAN, new double[] {0.002, 0.998}, 0));
    return columns;
  }

  /** The score. */
  static SimulatedColumn score(SplittableRandom random) {
    return of(random, "score", ColumnKind.NUMBER, even(20), 0);
  }

  private static double[] even(int bins) {
    double[] shares = new double[bins];
    Arrays.fill(shares, 1.0 / bins);
    return shares;
  }

  private static double[] zipf(int bins) {
    double[] shares = new double[bins];
    Arrays.setAll(shares, bin -> 1.0 / (bin + 1));
    return shares;
  }

  private static SimulatedColumn of(
      SplittableRandom random, String name, ColumnKind kind, double[] weights, double missing) {
    double sum = Arrays.stream(weights).sum();
    double[] shares = Arrays.stream(weights).map(weight -> weight / sum).toArray();
    Sampler sampler = new Sampler(shares);
    long[] bins = new long[shares.length];
    long[] positives = kind == ColumnKind.CATEGORY ? new long[shares.length] : null;
    double[] rates = random.doubles(shares.length, 0, 2 * LABEL_RATE).toArray();
    long empty = 0;
    for (int row = 0; row < TRAINING_ROWS; row++) {
      if (random.nextDouble() < missing) {
        empty++;
        continue;
      }
      int bin = sampler.next(random);
      bins[bin]++;
      if (positives != null && random.nextDouble() < rates[bin]) {
        positives[bin]++;
      }
    }
    long singletons = Arrays.stream(bins).filter(count -> count == 1).count();
    BaselineColumn baseline =
        new BaselineColumn(kind, new ColumnCounts(bins, empty, 0), positives, singletons);
    double[] midranks = baseline.midranks();
    return new SimulatedColumn(
        name,
        baseline,
        shares,
        missing,
        standardized(midranks, shares, x -> x, null),
        standardized(midranks, shares, x -> (x - 0.5) * (x - 0.5), midranks));
  }

  // Values with mean 0 and variance 1, without the part that is along the other values.
  private static double[] standardized(
      double[] midranks,
      double[] shares,
      DoubleUnaryOperator value,
      double @Nullable [] orthogonalTo) {
    double[] values = centered(Arrays.stream(midranks).map(value).toArray(), shares);
    if (orthogonalTo != null) {
      double[] others = centered(orthogonalTo, shares);
      double along = product(values, others, shares) / product(others, others, shares);
      Arrays.setAll(others, bin -> values[bin] - along * others[bin]);
      System.arraycopy(others, 0, values, 0, values.length);
    }
    double deviation = Math.sqrt(product(values, values, shares));
    return Arrays.stream(values).map(x -> deviation < 1e-9 ? 0 : x / deviation).toArray();
  }

  private static double[] centered(double[] values, double[] shares) {
    double mean = 0;
    for (int bin = 0; bin < values.length; bin++) {
      mean += shares[bin] * values[bin];
    }
    double center = mean;
    return Arrays.stream(values).map(x -> x - center).toArray();
  }

  private static double product(double[] one, double[] other, double[] shares) {
    double sum = 0;
    for (int bin = 0; bin < one.length; bin++) {
      sum += shares[bin] * one[bin] * other[bin];
    }
    return sum;
  }

  /** The shares, changed along a direction so that PSI between both is as large as this. */
  double[] changed(double psi, double[] direction) {
    double low = 0;
    double high = 5;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (psi(shares, tilted(shares, direction, middle)) < psi) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return tilted(shares, direction, low);
  }

  /** Shares times e to the power of the size times the direction, with sum 1. */
  static double[] tilted(double[] shares, double[] direction, double size) {
    double[] tilted = new double[shares.length];
    Arrays.setAll(tilted, bin -> shares[bin] * Math.exp(size * direction[bin]));
    double sum = Arrays.stream(tilted).sum();
    Arrays.setAll(tilted, bin -> tilted[bin] / sum);
    return tilted;
  }

  private static double psi(double[] p, double[] q) {
    double sum = 0;
    for (int bin = 0; bin < p.length; bin++) {
      sum += (q[bin] - p[bin]) * Math.log(q[bin] / p[bin]);
    }
    return sum;
  }
}
