package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.HashSplit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Finds the next seed with which each split, and each fold, has enough rows of both labels. Keeps
 * the keys of some rows of each label: a table with more of both has no need of another seed.
 */
public final class SeedSearch {
  /** How many seeds are tried, from the one after the split's. */
  static final int SEEDS = 10_000;

  private static final int KEYS = 10_000;
  private static final long MAX_SEED = 1L << 53;

  /** The rows of one key, by label. */
  private record KeyRows(byte[] key, int[] rows) {}

  private final HashSplit rule;
  private final Map<String, int[]> keys = new HashMap<>(); // by the key's bytes as characters
  private final int[] distinct = new int[2]; // keys, by label

  /**
   * A search of the seeds after that of this rule.
   *
   * @param rule with the shares of the splits
   */
  public SeedSearch(HashSplit rule) {
    this.rule = rule;
  }

  /**
   * Adds a row.
   *
   * @param key holds what decides its split, from {@code from}: its identifier in UTF-8, or what
   *     the rule names instead
   * @param label 1 positive, 0 negative
   */
  public void add(byte[] key, int from, int length, byte label) {
    if (distinct[label] >= KEYS) {
      return;
    }
    String text = new String(key, from, length, StandardCharsets.ISO_8859_1);
    if (keys.computeIfAbsent(text, any -> new int[2])[label]++ == 0) {
      distinct[label]++;
    }
  }

  /**
   * The seed; empty if none is found.
   *
   * @param folds that must have enough rows, too; 0 for none
   */
  public OptionalLong next(int folds) {
    int scarce = distinct[0] < distinct[1] ? 0 : 1;
    List<KeyRows> scarceRows = new ArrayList<>();
    List<KeyRows> otherRows = new ArrayList<>();
    keys.forEach(
        (text, rows) ->
            (rows[scarce] > 0 ? scarceRows : otherRows)
                .add(new KeyRows(text.getBytes(StandardCharsets.ISO_8859_1), rows)));
    for (int i = 1; i <= SEEDS && rule.seed() + i <= MAX_SEED; i++) {
      HashSplit next = rule.withSeed(rule.seed() + i);
      Splitter splitter = new Splitter(next);
      long[][] rows = new long[Split.values().length][2];
      count(splitter, scarceRows, rows);
      if (isSufficient(rows, scarce, folds)) {
        count(splitter, otherRows, rows);
        if (isSufficient(rows, 1 - scarce, folds)
            && (folds == 0 || hasFolds(next, folds, scarceRows, otherRows))) {
          return OptionalLong.of(next.seed());
        }
      }
    }
    return OptionalLong.empty();
  }

  private static void count(Splitter splitter, List<KeyRows> keys, long[][] rows) {
    for (KeyRows key : keys) {
      int split = splitter.split(key.key(), 0, key.key().length).ordinal();
      rows[split][0] += key.rows()[0];
      rows[split][1] += key.rows()[1];
    }
  }

  private static boolean isSufficient(long[][] rows, int label, int folds) {
    for (Split split : Split.values()) {
      if (rows[split.ordinal()][label] < split.minimumRows()) {
        return false;
      }
    }
    long outsideTest = rows[Split.TRAIN.ordinal()][label] + rows[Split.VALIDATION.ordinal()][label];
    return outsideTest >= (long) folds * Split.VALIDATION.minimumRows();
  }

  /** Whether the folds are sufficient, which with groups is a matter of all rows. */
  private boolean hasFolds(HashSplit next, int folds, List<KeyRows> some, List<KeyRows> others) {
    if (!rule.keepsRowsTogether()) {
      return true; // counted already
    }
    if (Math.max(distinct[0], distinct[1]) >= KEYS) {
      return false; // not all rows are known
    }
    FoldRows rows = FoldRows.of(next);
    for (List<KeyRows> keys : List.of(some, others)) {
      for (KeyRows key : keys) {
        for (byte label = 0; label < 2; label++) {
          for (int row = 0; row < key.rows()[label]; row++) {
            rows.add(key.key(), 0, key.key().length, label);
          }
        }
      }
    }
    return rows.plan(folds).isSufficient();
  }
}
