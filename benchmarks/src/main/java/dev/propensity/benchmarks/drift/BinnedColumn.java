package dev.propensity.benchmarks.drift;

import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.monitoring.drift.BaselineColumn;
import dev.propensity.monitoring.drift.ColumnCounts;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * A column in the bins of its training rows.
 *
 * @param edges where a bin of numbers ends and the next begins; empty for words
 * @param codes the bin of each row; of words that the training rows lack, −1
 * @param numbers the number of each row; of words, 0
 */
record BinnedColumn(
    String name, ColumnKind kind, int bins, float[] edges, int[] codes, float[] numbers) {
  private static final int QUANTILES = 20;

  static BinnedColumn of(String name, ColumnKind kind, String[] cells, int[] training) {
    int[] codes = new int[cells.length];
    float[] numbers = new float[cells.length];
    if (kind.hasWords()) {
      List<String> words =
          Arrays.stream(training).mapToObj(row -> cells[row]).distinct().sorted().toList();
      Arrays.setAll(codes, row -> Math.max(-1, Collections.binarySearch(words, cells[row])));
      return new BinnedColumn(name, kind, words.size(), new float[0], codes, numbers);
    }
    for (int row = 0; row < cells.length; row++) {
      numbers[row] = Float.parseFloat(cells[row]);
    }
    double[] sorted = Arrays.stream(training).mapToDouble(row -> numbers[row]).sorted().toArray();
    List<Double> edges =
        Stream.iterate(1, bin -> bin < QUANTILES, bin -> bin + 1)
            .map(bin -> sorted[(int) ((long) bin * sorted.length / QUANTILES)])
            .filter(edge -> edge > sorted[0])
            .distinct()
            .toList();
    float[] array = new float[edges.size()];
    for (int bin = 0; bin < array.length; bin++) {
      array[bin] = edges.get(bin).floatValue();
    }
    BinnedColumn column = new BinnedColumn(name, kind, array.length + 1, array, codes, numbers);
    Arrays.setAll(codes, row -> column.bin(numbers[row]));
    return column;
  }

  float number(int row) {
    return numbers[row];
  }

  /** The bin of a row; negative for a word that the training rows lack. */
  int bin(int row) {
    return codes[row];
  }

  /** The bin of a number. */
  int bin(float value) {
    int bin = 0;
    while (bin < edges.length && value >= edges[bin]) {
      bin++;
    }
    return bin;
  }

  BaselineColumn baseline(int[] training, IntPredicate isPositive) {
    long[] counts = new long[bins];
    long[] positives = new long[bins];
    for (int row : training) {
      counts[codes[row]]++;
      positives[codes[row]] += isPositive.test(row) ? 1 : 0;
    }
    return new BaselineColumn(
        kind,
        new ColumnCounts(counts, 0, 0),
        kind == ColumnKind.CATEGORY ? positives : null,
        Arrays.stream(counts).filter(count -> count == 1).count());
  }
}
