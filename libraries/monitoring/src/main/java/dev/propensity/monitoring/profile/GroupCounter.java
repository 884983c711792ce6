package dev.propensity.monitoring.profile;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.model.ColumnBaseline;
import dev.propensity.model.Histogram;
import dev.propensity.monitoring.capture.SegmentBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Counts the scores of the groups of a column. */
final class GroupCounter {
  private final CellEncoder cells;
  private final @Nullable Bins bins; // null for words
  private final double threshold;
  private final long[] rows;
  private final long[] millionths;
  private final long[] selected;

  /**
   * @param place of the column's own feature
   * @param threshold from which on a score is selected
   */
  GroupCounter(Encoder encoder, int place, ColumnBaseline baseline, double threshold) {
    Histogram numbers = baseline.numbers();
    this.cells = new CellEncoder(encoder.reader(place));
    this.bins = numbers == null ? null : new Bins(numbers);
    this.threshold = threshold;
    int known =
        numbers == null
            ? ColumnBaseline.words(encoder.columns().get(place)).size()
            : numbers.edges().size() + 1;
    this.rows = new long[known + 2];
    this.millionths = new long[known + 2];
    this.selected = new long[known + 2];
  }

  /** Counts the selected rows of a batch that the model answered. */
  void add(SegmentBatch batch, int column, RowSelection selection) {
    byte[] bytes = batch.bytes(column);
    for (int i = 0; i < selection.size(); i++) {
      int row = selection.row(i);
      float value =
          batch.isMissing(column, row)
              ? Float.NaN
              : cells.encode(bytes, batch.start(column, row), batch.end(column, row));
      if (!CellEncoder.isInvalid(value)) {
        add(group(value), batch.score(row));
      }
    }
  }

  private void add(int group, float score) {
    rows[group]++;
    millionths[group] += Profile.millionths(score);
    selected[group] += score >= threshold ? 1 : 0;
  }

  private int group(float value) {
    if (value != value) {
      return rows.length - 1;
    }
    return bins == null ? (int) value : bins.bin(value); // the code after the last is unseen
  }

  GroupScores scores() {
    double[] sums = Arrays.stream(millionths).mapToDouble(Profile::ofMillionths).toArray();
    return new GroupScores(rows.clone(), sums, selected.clone());
  }
}
