package dev.propensity.dataset.split;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * All rows of a group are in one fold, and the folds are as stratified as the groups allow, as in
 * scikit-learn's {@code StratifiedGroupKFold}: the groups are assigned from the largest to the
 * smallest, each to the fold in which it evens out the labels' shares best. A group's size is its
 * largest share of the rows of a label. Groups of one size are assigned in the order of their
 * hashes, so that the folds are independent of the order of the rows.
 */
final class GroupFolds implements FoldPlan {
  private final Splitter splitter;
  private final int count;
  private final long[] groups; // hashes, rising, as unsigned numbers
  private final byte[] folds; // of the groups, from 0
  private final long[][] rows; // by fold and label
  private final long[] all = new long[2]; // by label

  /**
   * Assigns the groups.
   *
   * @param groups their hashes, rising, as unsigned numbers
   * @param sizes by group, how many rows of each label it has
   */
  GroupFolds(Splitter splitter, int count, long[] groups, int[][] sizes) {
    this.splitter = splitter;
    this.count = count;
    this.groups = groups;
    this.folds = new byte[groups.length];
    this.rows = new long[count][2];
    for (int[] size : sizes) {
      all[0] += size[0];
      all[1] += size[1];
    }
    IntStream.range(0, groups.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(group -> -share(sizes[group])))
        .forEach(group -> assign(group, sizes[group]));
  }

  /**
   * Assigns the groups.
   *
   * @param hashes by label, those of the rows' groups, rising, as unsigned numbers
   */
  static GroupFolds of(Splitter splitter, int count, long[][] hashes) {
    long[] groups = new long[hashes[0].length + hashes[1].length];
    int[][] sizes = new int[groups.length][];
    int size = 0;
    int[] next = new int[2];
    while (next[0] < hashes[0].length || next[1] < hashes[1].length) {
      int label = smaller(hashes, next);
      long hash = hashes[label][next[label]++];
      if (size == 0 || groups[size - 1] != hash) {
        groups[size] = hash;
        sizes[size++] = new int[2];
      }
      sizes[size - 1][label]++;
    }
    return new GroupFolds(splitter, count, Arrays.copyOf(groups, size), Arrays.copyOf(sizes, size));
  }

  /** The label whose next hash is the smaller one. */
  private static int smaller(long[][] hashes, int[] next) {
    if (next[0] == hashes[0].length) {
      return 1;
    }
    boolean first =
        next[1] == hashes[1].length
            || Long.compareUnsigned(hashes[0][next[0]], hashes[1][next[1]]) <= 0;
    return first ? 0 : 1;
  }

  private double share(int[] size) {
    return Math.max(share(size, 0), share(size, 1));
  }

  private double share(int[] size, int label) {
    return all[label] == 0 ? 0 : (double) size[label] / all[label];
  }

  /** To the fold in which the sum of the squares of the folds' shares grows least. */
  private void assign(int group, int[] size) {
    int best = 0;
    for (int fold = 1; fold < count; fold++) {
      int compared = Double.compare(growth(fold, size), growth(best, size));
      if (compared < 0 || compared == 0 && rowsOf(fold) < rowsOf(best)) {
        best = fold;
      }
    }
    folds[group] = (byte) best;
    rows[best][0] += size[0];
    rows[best][1] += size[1];
  }

  /** Half of that growth, without what is the same in every fold. */
  private double growth(int fold, int[] size) {
    double growth = 0;
    for (int label = 0; label < 2; label++) {
      growth += all[label] == 0 ? 0 : share(size, label) * rows[fold][label] / all[label];
    }
    return growth;
  }

  private long rowsOf(int fold) {
    return rows[fold][0] + rows[fold][1];
  }

  @Override
  public Split split(byte[] key, int from, int length, byte label, int fold) {
    long hash = splitter.hash(key, from, length);
    if (splitter.split(hash) == Split.TEST) {
      return Split.TEST;
    }
    int group = HashList.rank(groups, hash);
    boolean validates = group < groups.length && groups[group] == hash && folds[group] + 1 == fold;
    return validates ? Split.VALIDATION : Split.TRAIN;
  }

  @Override
  public long rows(int fold, Split split, int label) {
    long inFold = rows[fold - 1][label];
    return split == Split.VALIDATION ? inFold : all[label] - inFold;
  }

  @Override
  public int count() {
    return count;
  }
}
