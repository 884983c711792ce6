package dev.propensity.dataset.features;

import dev.propensity.dataset.rows.BatchIdentifiers;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.SplitAdvice;
import dev.propensity.dataset.split.SplitAssignment;
import dev.propensity.foundation.UserException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Assigns the rows of a table to their splits, and counts them. */
final class RowAssigner {
  private final DatasetSpec spec;
  private final SplitAssignment assignment;
  private final SplitCounts counts = new SplitCounts();
  private final SplitAdvice advice;

  RowAssigner(DatasetSpec spec, SplitAssignment assignment) {
    this.spec = spec;
    this.assignment = assignment;
    this.advice = SplitAdvice.of(spec);
  }

  /** The splits of these rows; null for a row that is in none. */
  @Nullable Split[] assign(RowBatch batch) {
    @Nullable Split[] splits = new Split[batch.rows()];
    BatchIdentifiers keys = batch.splitKeys();
    for (int row = 0; row < splits.length; row++) {
      int start = keys.start(row);
      int length = keys.end(row) - start;
      byte label = batch.labels()[row];
      splits[row] = assignment.split(keys.bytes(), start, length, label);
      counts.add(splits[row], label);
      advice.add(keys.bytes(), start, length, label);
    }
    return splits;
  }

  SplitCounts counts() {
    return counts;
  }

  /** What to do where a split or a fold has too few rows of a label. */
  SplitAdvice advice() {
    return advice;
  }

  /**
   * Requires both labels in the table and in each split that is written.
   *
   * @param where the table's name, for errors
   * @param what to do where a split has too few rows of a label
   * @throws UserException that names the label or the split, and what to do
   */
  void requireBothLabels(String where, Supplier<String> what) {
    counts.requireBothLabels(where, spec.label(), assignment.written(), what);
  }
}
