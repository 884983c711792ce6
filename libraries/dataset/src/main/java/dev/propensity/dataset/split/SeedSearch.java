package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.HashSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Finds the next seed with which each split, and each fold, has enough rows of both labels. Keeps
 * up to 10,000 keys of each label with their numbers of rows: all of a scarce label, and of another
 * one a sufficient sample.
 */
public final class SeedSearch {
  /** The folds of an experiment by default, which a seed suffices for, too, if one is found. */
  public static final int USUAL_FOLDS = 5;

  private static final int SEEDS = 10_000;
  private static final int PLANS = 100;
  private static final int KEYS = 10_000;
  private static final long MAX_SEED = 1L << 53;

  /** The rows of one key, by label. */
  private record KeyRows(byte[] key, int[] rows) {
    long hash(Splitter splitter) {
      return splitter.hash(key, 0, key.length);
    }
  }

  private final HashSplit rule;
  private final Splitter current;
  private final Map<Long, KeyRows> keys = new HashMap<>(); // by hash, in which few coincide
  private final int[] distinct = new int[2]; // keys, by label
  private int tried;

  /**
   * A search of the seeds after that of this rule.
   *
   * @param rule with the shares of the splits
   */
  public SeedSearch(HashSplit rule) {
    this.rule = rule;
    this.current = new Splitter(rule);
  }

  /**
   * Adds a row.
   *
   * @param key holds what decides its split, from {@code from}: its identifier in UTF-8, or what
   *     the rule names instead
   * @param label 1 positive, 0 negative
   */
  public void add(byte[] key, int from, int length, byte label) {
    boolean full = distinct[label] >= KEYS;
    if (full && (!rule.keepsRowsTogether() || distinct[1 - label] >= KEYS)) {
      return;
    }
    long hash = current.hash(key, from, length);
    KeyRows found = keys.get(hash);
    if (found == null && !full) {
      found = new KeyRows(Arrays.copyOfRange(key, from, from + length), new int[2]);
      keys.put(hash, found);
    }
    if (found != null && found.rows[label]++ == 0) {
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
    keys.values().forEach(key -> (key.rows[scarce] > 0 ? scarceRows : otherRows).add(key));
    boolean possible = Math.min(usable(0), usable(1)) >= needed(folds);
    int plans = 0;
    tried = 0;
    while (possible && tried < SEEDS && plans < PLANS && rule.seed() + tried < MAX_SEED) {
      tried++;
      HashSplit next = rule.withSeed(rule.seed() + tried);
      Splitter splitter = new Splitter(next);
      SplitRows rows = new SplitRows();
      rows.add(splitter, scarceRows);
      if (rows.suffice(scarce, folds)) {
        rows.add(splitter, otherRows);
        if (rows.suffice(1 - scarce, folds)) {
          plans++;
          if (folds == 0 || hasFolds(splitter, folds)) {
            return OptionalLong.of(next.seed());
          }
        }
      }
    }
    return OptionalLong.empty();
  }

  /** How many seeds the last search tried. */
  int tried() {
    return tried;
  }

  /**
   * How many rows of a label count towards the fewest of splits and folds: at most two of each key,
   * since rows of one key share a split and a fold, which needs no more.
   */
  long usable(int label) {
    return keys.values().stream().mapToLong(key -> usable(key, label)).sum();
  }

  private static int usable(KeyRows key, int label) {
    return Math.min(key.rows[label], Split.VALIDATION.minimumRows());
  }

  /**
   * The fewest usable rows of a label for any seed.
   *
   * @param folds 0 for none
   */
  static long needed(int folds) {
    long parts = Math.max(2, folds); // outside the test split, at least train and validation
    return parts * Split.VALIDATION.minimumRows() + Split.TEST.minimumRows();
  }

  /**
   * Whether the folds are sufficient, which where rows are kept together depends on all of them.
   */
  private boolean hasFolds(Splitter splitter, int folds) {
    if (!rule.keepsRowsTogether()) {
      return true; // counted already
    }
    List<KeyRows> outsideTest = new ArrayList<>();
    HashList hashes = new HashList();
    for (KeyRows key : keys.values()) {
      long hash = key.hash(splitter);
      if (splitter.split(hash) != Split.TEST) {
        outsideTest.add(key);
        hashes.add(hash);
      }
    }
    long[] groups = hashes.sorted();
    int[][] sizes = new int[groups.length][2]; // of equal hashes, the first gets all
    for (int i = 0; i < groups.length; i++) {
      int[] size = sizes[HashList.rank(groups, hashes.get(i))];
      size[0] += outsideTest.get(i).rows[0];
      size[1] += outsideTest.get(i).rows[1];
    }
    return new GroupFolds(splitter, folds, groups, sizes).isSufficient();
  }

  /** What the splits get by one seed. */
  private static final class SplitRows {
    private final long[][] rows = new long[Split.values().length][2]; // by label
    private final long[] usableOutsideTest = new long[2];

    void add(Splitter splitter, List<KeyRows> keys) {
      for (KeyRows key : keys) {
        Split split = splitter.split(key.hash(splitter));
        for (int label = 0; label < 2; label++) {
          rows[split.ordinal()][label] += key.rows[label];
          usableOutsideTest[label] += split == Split.TEST ? 0 : usable(key, label);
        }
      }
    }

    boolean suffice(int label, int folds) {
      for (Split split : Split.values()) {
        if (rows[split.ordinal()][label] < split.minimumRows()) {
          return false;
        }
      }
      return usableOutsideTest[label] >= (long) folds * Split.VALIDATION.minimumRows();
    }
  }
}
