package dev.propensity.dataset.draft;

import dev.propensity.dataset.split.Splitter;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Estimates the share of rows that are copies of an earlier row, apart from columns that identify
 * the rows. The hashes of rows that fall in a shrinking range are kept, so that memory is bounded,
 * and copies are kept together (Gibbons, 2001). For small tables the count is exact.
 */
final class DuplicateRows {
  private static final int MAX_KEPT = 1 << 18;
  private static final int WAITING_CELLS = 1 << 20;
  private static final int MAX_WAITING = 1000;

  private final int columns;
  private final IntPredicate unique;
  private long[] waiting; // cells' hashes of the first rows, until the unique columns are known
  private int rows;
  private boolean[] left = {}; // columns that do not count
  private long[] kept = new long[1 << 10]; // 0 where the slot is free
  private int size;
  private int halvings;
  private long sampled;
  private long copies;

  /**
   * @param unique whether a column identified the rows so far
   */
  DuplicateRows(int columns, IntPredicate unique) {
    this.columns = columns;
    this.unique = unique;
    this.waiting = new long[Math.max(1, Math.min(MAX_WAITING, WAITING_CELLS / columns)) * columns];
  }

  /**
   * Adds a row.
   *
   * @param cells a hash of each cell
   */
  void add(long[] cells) {
    if (left.length > 0) {
      addHash(cells, 0);
      return;
    }
    System.arraycopy(cells, 0, waiting, rows++ * columns, columns);
    if (rows * columns == waiting.length) {
      begin();
    }
  }

  private void begin() {
    left = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      left[column] = unique.test(column);
    }
    for (int row = 0; row < rows; row++) {
      addHash(waiting, row * columns);
    }
    waiting = new long[0];
  }

  private void addHash(long[] cells, int from) {
    long hash = columns;
    for (int column = 0; column < columns; column++) {
      hash = left[column] ? hash : Long.rotateLeft(hash, 5) * 31 + cells[from + column];
    }
    hash = Splitter.mix(hash) | 1;
    if (halvings > 0 && hash >>> (64 - halvings) != 0) {
      return;
    }
    sampled++;
    if (!put(hash)) {
      copies++;
    } else if (size > MAX_KEPT) {
      halve();
    } else if (size * 2 > kept.length) {
      rehash(kept.length * 2);
    }
  }

  private boolean put(long hash) {
    int mask = kept.length - 1;
    int slot = (int) (hash >>> 1) & mask;
    while (kept[slot] != 0 && kept[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    if (kept[slot] == hash) {
      return false;
    }
    kept[slot] = hash;
    size++;
    return true;
  }

  /** Keeps half of the range; the counts so far are halved with it. */
  private void halve() {
    halvings++;
    sampled /= 2;
    copies /= 2;
    rehash(kept.length);
  }

  private void rehash(int slots) {
    long[] old = kept;
    kept = new long[slots];
    size = 0;
    for (long hash : old) {
      if (hash != 0 && (halvings == 0 || hash >>> (64 - halvings) == 0)) {
        put(hash);
      }
    }
  }

  /** The share of copies, from 0 to 1; 0 where each row has a column of its own values. */
  double share() {
    if (left.length == 0) {
      begin();
    }
    boolean comparable = !Arrays.equals(left, allTrue(columns));
    return comparable && sampled > 0 ? (double) copies / sampled : 0;
  }

  private static boolean[] allTrue(int length) {
    boolean[] all = new boolean[length];
    Arrays.fill(all, true);
    return all;
  }
}
