package dev.propensity.dataset.synthetic;

import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.SplitMix64;
import dev.propensity.table.ColumnName;
import dev.propensity.table.CsvWriter;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Generates rows from a specification, so that a dataset can be tried without its data.
 *
 * <p>Every column is drawn by its kind, independently of the others; 5% of the cells are missing
 * where that is allowed. The label follows a hidden rule: each feature that is not sensitive adds
 * an effect, few of them most of it, and a row's log-odds of being positive is {@value #STRENGTH}
 * times that sum, standardized and shifted so that about {@value #BASE_RATE} of the rows are
 * positive. The column that decides the split, if there is one, has groups of four rows on average,
 * or dates around those of the split. Equal arguments give equal bytes on every machine.
 */
public final class SyntheticRows {
  private static final double BASE_RATE = 0.12;
  private static final double STRENGTH = 2.6;
  private static final int PILOT_ROWS = 20_000;
  private static final int BISECTIONS = 60;
  private static final int NEGLIGIBLE = 12; // columns from the 12th on have no effect

  private final DatasetSpec spec;
  private final long seed;
  private final List<SyntheticColumn> columns = new ArrayList<>();
  private final SyntheticSplitColumn split;
  private final double[] weights;
  private double mean;
  private double deviation;
  private double intercept;

  private SyntheticRows(DatasetSpec spec, long seed) {
    this.spec = spec;
    this.seed = seed;
    String split = spec.split().column();
    for (Column column : spec.columns()) {
      boolean decides = split != null && ColumnName.same(column.name(), split);
      columns.add(new SyntheticColumn(column, decides, seed));
    }
    this.split = new SyntheticSplitColumn(spec, seed);
    this.weights = weights();
    calibrate();
  }

  /**
   * Writes a table.
   *
   * @param rows how many, identified as 1, 2, 3 …
   * @param csv is flushed, not closed
   */
  public static void write(DatasetSpec spec, int rows, long seed, OutputStream csv) {
    new SyntheticRows(spec, seed).write(rows, new CsvWriter(csv));
  }

  private void write(int rows, CsvWriter out) {
    List<String> row = new ArrayList<>();
    boolean identified = !spec.identifier().equals(RowSchema.ROW_NUMBER);
    if (identified) {
      row.add(spec.identifier());
    }
    spec.columns().forEach(column -> row.add(column.name()));
    row.add(spec.label().column());
    split.addTo(row);
    out.record(row);
    SplitMix64 random = new SplitMix64(seed);
    for (int i = 1; i <= rows; i++) {
      row.clear();
      if (identified) {
        row.add(String.valueOf(i));
      }
      double logOdds = intercept + STRENGTH * (draw(random, row) - mean) / deviation;
      boolean positive = random.fraction() < probability(logOdds);
      row.add(positive ? spec.label().positive() : spec.label().negative());
      split.put(row, rows);
      out.record(row);
    }
    out.flush();
  }

  /** Draws a row's cells; returns the weighted sum of their effects. */
  private double draw(SplitMix64 random, List<String> row) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * columns.get(i).draw(random, row);
    }
    return sum;
  }

  /** Weights that fall off over the features in a random order; sensitive ones have none. */
  private double[] weights() {
    double[] result = new double[columns.size()];
    SplitMix64 random = new SplitMix64(~seed);
    long[] order = new long[result.length];
    for (int i = 0; i < order.length; i++) {
      Column column = spec.columns().get(i);
      boolean matters = column.feature() && column.sensitive() == Column.Sensitive.NO;
      order[i] = matters ? random.next() >> 1 : Long.MAX_VALUE;
    }
    long[] ranked = order.clone();
    Arrays.sort(ranked);
    for (int i = 0; i < order.length; i++) {
      int rank = Arrays.binarySearch(ranked, order[i]);
      result[i] = order[i] == Long.MAX_VALUE || rank >= NEGLIGIBLE ? 0 : 1.0 / (1 + rank);
    }
    return result;
  }

  /**
   * Computes the standardization of the sum of effects, and the intercept that gives the base rate.
   */
  private void calibrate() {
    double[] sums = new double[PILOT_ROWS];
    SplitMix64 random = new SplitMix64(seed + 1);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = draw(random, new ArrayList<>());
    }
    mean = Arrays.stream(sums).reduce(0, Double::sum) / sums.length;
    double squares = 0;
    for (double sum : sums) {
      squares += (sum - mean) * (sum - mean);
    }
    deviation = squares == 0 ? 1 : Math.sqrt(squares / sums.length);
    double low = -50;
    double high = 50;
    for (int i = 0; i < BISECTIONS; i++) {
      intercept = (low + high) / 2;
      double rate = 0;
      for (double sum : sums) {
        rate += probability(intercept + STRENGTH * (sum - mean) / deviation);
      }
      if (rate / sums.length < BASE_RATE) {
        low = intercept;
      } else {
        high = intercept;
      }
    }
  }

  private static double probability(double logOdds) {
    return 1 / (1 + StrictMath.exp(-logOdds));
  }
}
