package dev.propensity.dataset.features;

import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.SplitAssignment;
import dev.propensity.dataset.split.Splitter;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Stratified folds of the rows outside the test split. The rows of each label, ordered by the hash
 * of the split, are assigned in turn: the first to fold 1, the next to fold 2 and so on. So the
 * folds follow from the identifiers, the labels and the split's seed alone, regardless of the order
 * of the rows and the learner; each fold has its share of each label, to one row. Rows of equal
 * hash, a pair among billions, go to one fold.
 */
public final class Folds {
  /** The fewest folds: each row is in the validation split once, otherwise in train. */
  public static final int MIN_FOLDS = 2;

  /** The most folds. */
  public static final int MAX_FOLDS = 100;

  private final Splitter splitter;
  private final int count;
  private final long[][] hashes; // by label, rising, as unsigned numbers

  private Folds(Splitter splitter, int count, long[][] hashes) {
    this.splitter = splitter;
    this.count = count;
    this.hashes = hashes;
  }

  /**
   * Reads a whole table to assign its valid rows to folds. Keeps 8 bytes a row, and the hashes that
   * find duplicate identifiers while it reads.
   *
   * @param csv the table; the caller closes it
   * @param where the table's name, for errors
   * @param count of folds
   */
  public static Folds of(InputStream csv, String where, DatasetSpec spec, int count) {
    Splitter splitter = new Splitter(spec.split());
    // Invalid rows are quarantined or rejected by the pass that writes.
    RowReader rows = RowReader.open(csv, where, RowSchema.fitting(spec));
    Hashes[] byLabel = {new Hashes(), new Hashes()};
    for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
      for (int row = 0; row < batch.rows(); row++) {
        int start = batch.identifierStart(row);
        long hash = splitter.hash(batch.identifiers(), start, batch.identifierEnd(row) - start);
        if (splitter.split(hash) != Split.TEST) {
          byLabel[batch.labels()[row]].add(hash);
        }
      }
    }
    return new Folds(splitter, count, new long[][] {byLabel[0].sorted(), byLabel[1].sorted()});
  }

  /**
   * The assignment with one fold as validation split and the others as train split.
   *
   * @param fold from 1 to the count
   */
  public SplitAssignment validatingOn(int fold) {
    if (fold < 1 || fold > count) {
      throw new IllegalArgumentException("no fold " + fold + " of " + count);
    }
    return new FoldAssignment(this, fold);
  }

  private int fold(long hash, byte label) {
    return rank(hashes[label], hash) % count + 1;
  }

  /** How many hashes are smaller, as unsigned numbers. */
  private static int rank(long[] sorted, long hash) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(sorted[middle], hash) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** One fold validates. */
  private record FoldAssignment(Folds folds, int number) implements SplitAssignment {
    @Override
    public Set<Split> written() {
      return EnumSet.of(Split.TRAIN, Split.VALIDATION);
    }

    @Override
    public Split split(byte[] utf8, int from, int length, byte label) {
      long hash = folds.splitter.hash(utf8, from, length);
      if (folds.splitter.split(hash) == Split.TEST) {
        return Split.TEST;
      }
      return folds.fold(hash, label) == number ? Split.VALIDATION : Split.TRAIN;
    }
  }

  /** Hashes as they come. */
  private static final class Hashes {
    private long[] hashes = new long[1024];
    private int size;

    void add(long hash) {
      if (size == hashes.length) {
        hashes = Arrays.copyOf(hashes, size * 2);
      }
      hashes[size++] = hash ^ Long.MIN_VALUE; // sorts as the unsigned number does
    }

    long[] sorted() {
      long[] sorted = Arrays.copyOf(hashes, size);
      Arrays.sort(sorted);
      for (int i = 0; i < size; i++) {
        sorted[i] ^= Long.MIN_VALUE;
      }
      return sorted;
    }
  }
}
