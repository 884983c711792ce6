package dev.propensity.dataset.profile;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges by their labels whether rows of equal features are duplicates or agree by coincidence. A
 * <i>pattern</i> is a row of features that occurs in the table; its size is how often.
 *
 * <pre>
 * agreement(pattern) = (rows of the label − 1) / (rows − 1)   the share of such a row's copies that
 *                                                             have its label
 * κ = (mean agreement − share of the label) / (1 − share)     Cohen, 1960
 * </pre>
 *
 * <p>Duplicates have κ = 1, less where labels are noisy. Under coincidence κ of the rarer label is
 * at most about the share of the label's variance that the features explain. So κ must be at least
 * {@value #SURE}, or {@value #LIKELY} where the sizes already show that the rows are not drawn
 * independently of one another. Each choice avoids a wrong verdict:
 *
 * <ul>
 *   <li>patterns count once, not by their rows: customers without history share one pattern, almost
 *       all with one label, and are still one observation. At least {@value #FEWEST} are required,
 *       so a table of a few patterns is never affected;
 *   <li>only patterns with a row of the rarer label count: the rows of the other one agree anyway
 *       where it is frequent. It counts only where rows are not independent and each label has
 *       {@value #FREQUENT} of the rows: the label that was oversampled may be the frequent one now;
 *   <li>of the patterns, the half with the fewest rows is used: a pattern by which many customers
 *       coincide shows no duplicates.
 * </ul>
 */
final class PatternLabels {
  static final double SURE = 0.9;
  static final double LIKELY = 0.5;
  static final int FEWEST = 30;
  static final double FREQUENT = 0.1;

  private static final int CHANCE = 10; // so many patterns of a size are there, or not, by chance

  private final SortedMap<Integer, Sums> bySize = new TreeMap<>();
  private long single; // patterns of one row
  private long rows;
  private long positives;

  /** The patterns of so many rows. */
  private static final class Sums {
    long all;
    final long[] patterns = new long[2]; // by label: those with such a row
    final double[] agreements = new double[2];
  }

  /**
   * Adds a pattern.
   *
   * @param positive how many of its rows are
   */
  void add(int size, int positive) {
    rows += size;
    positives += positive;
    if (size == 1) {
      single++;
      return;
    }
    Sums sums = bySize.computeIfAbsent(size, key -> new Sums());
    sums.all++;
    for (int label = 0; label < 2; label++) {
      int such = label == 1 ? positive : size - positive;
      if (such > 0) {
        sums.patterns[label]++;
        sums.agreements[label] += (such - 1.0) / (size - 1.0);
      }
    }
  }

  /** κ; null where there are too few patterns. */
  @Nullable Double agreement() {
    int rarer = 2 * positives <= rows ? 1 : 0;
    Double agreement = agreement(rarer);
    if (share(rarer) < FREQUENT || areIndependent()) {
      return agreement;
    }
    Double other = agreement(1 - rarer);
    return agreement == null || other != null && other > agreement ? other : agreement;
  }

  /** Whether patterns that occur more than once are duplicates. */
  boolean areDuplicates() {
    Double agreement = agreement();
    return agreement != null && agreement >= (areIndependent() ? SURE : LIKELY);
  }

  private double share(int label) {
    return (double) (label == 1 ? positives : rows - positives) / rows;
  }

  private @Nullable Double agreement(int label) {
    long all = bySize.values().stream().mapToLong(sums -> sums.patterns[label]).sum();
    long used = 0;
    double sum = 0;
    for (Sums sums : bySize.values()) {
      if (2 * used >= all) {
        break;
      }
      used += sums.patterns[label];
      sum += sums.agreements[label];
    }
    double share = share(label);
    return used < FEWEST ? null : (sum / used - share) / (1 - share);
  }

  /**
   * Whether independent rows may have these sizes. The number of rows of a pattern then has a
   * Poisson distribution. With n(k) the expected number of patterns of k rows, k! n(k) are, up to a
   * factor, the moments of a distribution for any rates of the patterns. By Cauchy and Schwarz,
   *
   * <pre>k n(k)² ≤ (k + 1) n(k − 1) n(k + 1)</pre>
   *
   * as in Chao (Nonparametric estimation of the number of classes in a population, 1984) for k = 1.
   * Duplicates break it: where every row is there twice, no pattern has one row or three.
   */
  private boolean areIndependent() {
    for (int k : bySize.keySet()) {
      double count = count(k);
      double fewest = k * count * count / ((k + 1.0) * (count(k - 1) + CHANCE));
      if (count >= FEWEST && fewest > 4.0 * count(k + 1) + CHANCE) {
        return false;
      }
    }
    return true;
  }

  private long count(int size) {
    if (size == 1) {
      return single;
    }
    Sums sums = bySize.get(size);
    return sums == null ? 0 : sums.all;
  }
}
