package dev.propensity.dataset.profile;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.rows.DecimalSign;
import dev.propensity.dataset.rows.key.FeaturesKey;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.HashSplit;
import dev.propensity.dataset.split.HashList;
import dev.propensity.dataset.split.Split;
import dev.propensity.foundation.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds customers who are in the table more than once, under several identifiers. Where the split
 * is a hash of the identifier or of a group, their rows are on both sides of it: a model that
 * memorizes rows looks better on the test split than it is.
 *
 * <p>Rows may also agree in all features by coincidence, above all in a table of few columns. Such
 * rows are no duplicates, and the test split without them would not represent the customers: see
 * {@link PatternLabels}. Which test rows are copies depends on the features alone, so that the rest
 * is not chosen by its labels.
 *
 * <p>Memory: 8 bytes a row and 8 more a test row, up to twice as many since lists grow by doubling,
 * and three times while one grows.
 */
public final class CopyCheck {
  /** The file with the numbers of the test rows that are copies, beside the features. */
  public static final String FILE = "test-copies.json";

  /** Fewer copies than this share of the test rows are not reported. */
  static final double SHARE = 0.05;

  private static final long TEST = 2; // marks in the lowest bits of a row's hash
  private static final long POSITIVE = 1;
  private static final long MARKS = TEST | POSITIVE;

  private final @Nullable FeaturesKey key;
  private final boolean grouped;
  private final HashList rows = new HashList();
  private final HashList testRows = new HashList();

  /**
   * @param key of the rows' features; null where rows are added by hashes
   * @param grouped whether the rows are split by a group
   */
  private CopyCheck(@Nullable FeaturesKey key, boolean grouped) {
    this.key = key;
    this.grouped = grouped;
  }

  /** A check of rows that are added by the hashes of their features. */
  public static CopyCheck ofHashes() {
    return new CopyCheck(null, false);
  }

  /**
   * The check of a table; null where its split allows for copies: it keeps rows of equal features
   * together, or a customer's later rows are test rows.
   *
   * @param readers of the specification's columns, which collect their words
   */
  public static @Nullable CopyCheck of(DatasetSpec spec, List<CellReader> readers) {
    if (!(spec.split() instanceof HashSplit hash) || hash.duplicates() != null) {
      return null;
    }
    UnaryOperator<String> withPoint =
        ",".equals(spec.decimal()) ? DecimalSign::withPoint : UnaryOperator.identity();
    return new CopyCheck(new FeaturesKey(readers, withPoint), hash.group() != null);
  }

  /**
   * Adds a row.
   *
   * @param values of its features, without those derived from others or with them at the end; not
   *     kept
   * @param label 1 if it is positive, else 0
   */
  public void add(float[] values, Split split, byte label) {
    add(Objects.requireNonNull(key).fingerprint(values), split, label);
  }

  /**
   * Adds a row by the hash of its features.
   *
   * @param label 1 if it is positive, else 0
   */
  public void add(long features, Split split, byte label) {
    long hash = features & ~MARKS;
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
   * Completes the check; no row can be added then.
   *
   * @return null where at most 5% of the test rows are copies
   */
  public @Nullable Result result() {
    rows.sort();
    PatternLabels patterns = new PatternLabels();
    long copies = 0;
    for (int from = 0, to; from < rows.size(); from = to) {
      int positives = 0;
      int tests = 0;
      for (to = from; to < rows.size() && isSame(rows.get(from), rows.get(to)); to++) {
        positives += (rows.get(to) & POSITIVE) != 0 ? 1 : 0;
        tests += (rows.get(to) & TEST) != 0 ? 1 : 0;
      }
      copies += tests < to - from ? tests : 0;
      patterns.add(to - from, positives);
    }
    if (copies <= SHARE * testRows.size()) {
      return null;
    }
    boolean coincidence = !patterns.areDuplicates();
    return new Result(
        new Copies(copies, testRows.size(), patterns.agreement(), coincidence, grouped), copies());
  }

  private static boolean isSame(long row, long other) {
    return ((row ^ other) & ~MARKS) == 0;
  }

  /** The test rows with a copy outside the test split: it sorts before those within. */
  private int[] copies() {
    return IntStream.range(0, testRows.size())
        .filter(row -> (rows.get(rows.rank(testRows.get(row))) & TEST) == 0)
        .toArray();
  }
}
