package dev.propensity.dataset.profile;

import dev.propensity.dataset.split.HashList;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.Splitter;
import dev.propensity.foundation.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds customers who are in the table more than once, under several identifiers. Where the split
 * is a hash of the identifier or of a group, their rows are on both sides of it: a model that
 * memorizes rows looks better on the test split than it is.
 *
 * <p>Rows may also agree in all features by coincidence, above all in a table of few columns. Such
 * rows are no duplicates, and the test split without them would not represent the customers. The
 * labels, which are no features, tell the two apart: duplicates have the same label, while rows
 * that coincide have it about as often as other rows with these chances. So, among the
 * <i>patterns</i>, the different rows of features that occur at least twice in the table:
 *
 * <pre>
 * agreement(pattern) = (rows of the rarer label − 1) / (rows − 1)   the share of such a row's
 *                                                                   copies that have its label
 * κ = (mean agreement − share of the rarer label) / (1 − share)     Cohen, 1960
 * </pre>
 *
 * <p>Duplicates have κ = 1. Under coincidence κ is at most about the share of the label's variance
 * that the features explain, well below 1. Each choice avoids a wrong verdict:
 *
 * <ul>
 *   <li>patterns count once, not by their rows: customers without history share one pattern, almost
 *       all with one label, and are still one observation. At least {@value #PATTERNS} are
 *       required, so a table of a few patterns is never affected;
 *   <li>only patterns with a row of the rarer label count: the rows of the other one agree anyway
 *       where it is frequent. Oversampling of the rarer label before the split is found;
 *   <li>of the patterns, the half with the fewest rows is used: a pattern by which many customers
 *       coincide shows no duplicates.
 * </ul>
 *
 * <p>Which test rows are copies depends on the features alone, so that the rest is not chosen by
 * its labels. A row takes 8 bytes, a test row 16.
 */
public final class CopyCheck {
  /** The file with the numbers of the test rows that are copies, beside the features. */
  public static final String FILE = "test-copies.json";

  /** Fewer copies than this share of the test rows are not reported. */
  static final double SHARE = 0.05;

  /** From this agreement on, rows of equal features are duplicates. */
  static final double AGREEMENT = 0.9;

  static final int PATTERNS = 30;

  private static final long ODD = 0x9E3779B97F4A7C15L;
  private static final long TEST = 2; // marks in the lowest bits of a row's hash
  private static final long POSITIVE = 1;
  private static final long MARKS = TEST | POSITIVE;

  private final HashList rows = new HashList();
  private final HashList testRows = new HashList();

  /** The patterns of so many rows. */
  private static final class Sums {
    final long[] patterns = new long[2]; // by label: those with such a row
    final double[] agreements = new double[2];
  }

  /**
   * Adds a row.
   *
   * @param values its features; not kept
   * @param label 1 if it is positive, else 0
   */
  public void add(float[] values, Split split, byte label) {
    long hash = 0;
    for (float value : values) {
      hash = (hash ^ Float.floatToIntBits(value + 0f)) * ODD; // -0 is 0
      hash ^= hash >>> 32;
    }
    hash = Splitter.mix(hash) & ~MARKS;
    if (split == Split.TEST) {
      testRows.add(hash);
    }
    rows.add(hash | (split == Split.TEST ? TEST : 0) | (label == 1 ? POSITIVE : 0));
  }

  /**
   * What was found.
   *
   * @param testRows the numbers of the test rows that are copies, from 0, ascending
   */
  public record Result(Copies copies, int[] testRows) {
    /** Writes {@code test-copies.json}. */
    public void write(Path folder) {
      try {
        Files.write(folder.resolve(FILE), CanonicalJson.bytes(testRows));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Completes the check.
   *
   * @return null where at most 5% of the test rows are copies, or they are no duplicates
   */
  public @Nullable Result result() {
    long[] sorted = rows.sorted();
    SortedMap<Integer, Sums> bySize = new TreeMap<>();
    long copies = 0;
    long positives = 0;
    for (int from = 0, to; from < sorted.length; from = to) {
      int[] counts = new int[(int) MARKS + 1];
      for (to = from; to < sorted.length && isSame(sorted[from], sorted[to]); to++) {
        counts[(int) (sorted[to] & MARKS)]++;
      }
      int positive = counts[(int) POSITIVE] + counts[(int) MARKS];
      positives += positive;
      if (to - from > 1) {
        int tests = counts[(int) TEST] + counts[(int) MARKS];
        copies += tests < to - from ? tests : 0;
        count(bySize, to - from, positive);
      }
    }
    double agreement = agreement(bySize, positives, sorted.length);
    if (copies <= SHARE * testRows.size() || !(agreement >= AGREEMENT)) {
      return null;
    }
    return new Result(new Copies(copies, testRows.size(), agreement), copies(sorted));
  }

  private static boolean isSame(long row, long other) {
    return ((row ^ other) & ~MARKS) == 0;
  }

  private static void count(SortedMap<Integer, Sums> bySize, int size, int positive) {
    Sums sums = bySize.computeIfAbsent(size, key -> new Sums());
    for (int label = 0; label < 2; label++) {
      int such = label == 1 ? positive : size - positive;
      if (such > 0) {
        sums.patterns[label]++;
        sums.agreements[label] += (such - 1.0) / (size - 1.0);
      }
    }
  }

  /** κ; NaN where there are too few patterns. */
  private static double agreement(SortedMap<Integer, Sums> bySize, long positives, int rows) {
    int label = 2 * positives <= rows ? 1 : 0;
    double share = (double) (label == 1 ? positives : rows - positives) / rows;
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
    return used < PATTERNS ? Double.NaN : (sum / used - share) / (1 - share);
  }

  /** The test rows with a copy outside the test split: it sorts before those within. */
  private int[] copies(long[] sorted) {
    return IntStream.range(0, testRows.size())
        .filter(row -> (sorted[HashList.rank(sorted, testRows.get(row))] & TEST) == 0)
        .toArray();
  }
}
