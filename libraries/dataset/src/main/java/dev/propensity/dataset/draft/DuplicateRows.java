package dev.propensity.dataset.draft;

import dev.propensity.dataset.profile.Copies;
import dev.propensity.dataset.profile.CopyCheck;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.Splitter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows that are copies of another row, apart from columns without a repeated value. Rows are
 * kept whose hash falls in a shrinking range, so that memory is bounded, and copies are kept
 * together (Gibbons, 2001). The hash leaves out columns with two values: one of them is the label,
 * and copies with another label must be kept, too. {@link CopyCheck} tells copies from rows that
 * coincide.
 */
final class DuplicateRows {
  private static final int MAX_ROWS = 1 << 18;
  private static final int MAX_CELLS = 1 << 21;
  private static final int FIRST_ROWS = 1000; // until the columns of the hash are known
  private static final double TEST = 0.2; // of the rows, as in a draft

  private final List<ColumnProfile> columns;
  private final int limit;
  private boolean[] hashed = {}; // by column; empty until it is known
  private long[] cells; // hashes, row by row
  private long[] keys; // by row
  private int rows;
  private final HashRange range = new HashRange();

  DuplicateRows(List<ColumnProfile> columns) {
    this.columns = columns;
    this.limit = Math.max(1, Math.min(MAX_ROWS, MAX_CELLS / columns.size()));
    this.keys = new long[Math.min(limit, FIRST_ROWS)];
    this.cells = new long[keys.length * columns.size()];
  }

  /**
   * Adds a row.
   *
   * @param row a hash of each cell
   */
  void add(long[] row) {
    if (hashed.length == 0 && rows == keys.length) {
      begin();
    }
    long key = 0;
    if (hashed.length > 0) {
      key = hash(row, 0, hashed);
      if (!range.contains(key)) {
        return;
      }
      while (rows == limit) {
        halve();
      }
      if (!range.contains(key)) {
        return;
      }
    }
    if (rows == keys.length) {
      int more = (int) Math.min(limit, 2L * rows);
      keys = Arrays.copyOf(keys, more);
      cells = Arrays.copyOf(cells, more * columns.size());
    }
    System.arraycopy(row, 0, cells, rows * columns.size(), columns.size());
    keys[rows++] = key;
  }

  private void begin() {
    hashed = new boolean[columns.size()];
    for (int i = 0; i < hashed.length; i++) {
      hashed[i] = !columns.get(i).hasNoKnownRepeat() && columns.get(i).distinct() > 2;
    }
    for (int row = 0; row < rows; row++) {
      keys[row] = hash(cells, row * columns.size(), hashed);
    }
  }

  private static long hash(long[] cells, int from, boolean[] columns) {
    long hash = 1;
    for (int column = 0; column < columns.length; column++) {
      hash = columns[column] ? Long.rotateLeft(hash, 5) * 31 + cells[from + column] : hash;
    }
    return Splitter.mix(hash);
  }

  private void halve() {
    range.halve();
    int width = columns.size();
    int left = 0;
    for (int row = 0; row < rows; row++) {
      if (range.contains(keys[row])) {
        keys[left] = keys[row];
        System.arraycopy(cells, row * width, cells, left++ * width, width);
      }
    }
    rows = left;
  }

  /**
   * The copies that a test split of these rows would have.
   *
   * @return null where they are few, or coincide
   */
  @Nullable Copies copies(LabelCandidate label) {
    boolean[] compared = new boolean[columns.size()];
    boolean any = false;
    for (int i = 0; i < compared.length; i++) {
      compared[i] = i != label.column() && !columns.get(i).hasNoKnownRepeat();
      any |= compared[i];
    }
    Map<Long, Byte> labels = label.labels(columns.get(label.column()));
    CopyCheck check = CopyCheck.ofHashes();
    for (int row = 0; any && row < rows; row++) {
      int from = row * columns.size();
      Byte its = labels.get(cells[from + label.column()]);
      if (its != null) {
        boolean test = Splitter.fraction(Splitter.mix(row + 1)) < TEST;
        check.add(hash(cells, from, compared), test ? Split.TEST : Split.TRAIN, its);
      }
    }
    CopyCheck.Result result = any ? check.result() : null;
    return result == null || result.copies().coincidence() ? null : result.copies();
  }
}
