package dev.propensity.dataset.features;

import dev.propensity.dataset.rows.BatchIdentifiers;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.FoldPlan;
import dev.propensity.dataset.split.FoldRows;
import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.SplitAssignment;
import dev.propensity.foundation.UserException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds of the rows outside the test split. They follow from what decides the split and from the
 * labels alone, regardless of the order of the rows and the learner. Rows that share a split share
 * a fold; a split by time has folds that go forward in time.
 */
public final class Folds {
  /** The fewest folds; fewer would leave no rows to train on. */
  public static final int MIN_FOLDS = 2;

  /** The most folds. */
  public static final int MAX_FOLDS = 100;

  private final FoldPlan plan;

  /**
   * Rejects an impossible number of folds.
   *
   * @throws UserException that names the option --folds
   */
  public static void requireCount(int folds) {
    if (folds < MIN_FOLDS || folds > MAX_FOLDS) {
      throw new UserException(
          "--folds is " + folds + "; it must be from " + MIN_FOLDS + " to " + MAX_FOLDS);
    }
  }

  private Folds(FoldPlan plan) {
    this.plan = plan;
  }

  /**
   * Reads a whole table to assign its valid rows to folds. Keeps 8 bytes a row, and the hashes that
   * find duplicate identifiers while it reads.
   *
   * @param csv the table; the caller closes it
   * @param where the table's name, for errors
   * @param count of folds
   * @throws UserException if rows are invalid, or if a split or a fold would have too few rows of a
   *     label; says how many folds are possible
   */
  public static Folds of(InputStream csv, String where, DatasetSpec spec, int count) {
    RowReader reader = RowReader.open(csv, where, RowSchema.fitting(spec));
    FoldRows rows = FoldRows.of(spec.split());
    RowAssigner assigner = new RowAssigner(spec, SplitAssignment.of(spec.split()));
    for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
      assigner.assign(batch);
      BatchIdentifiers keys = batch.splitKeys();
      for (int row = 0; row < batch.rows(); row++) {
        int start = keys.start(row);
        int length = keys.end(row) - start;
        rows.add(keys.bytes(), start, length, batch.labels()[row]);
      }
    }
    reader.requireValidRows(spec.invalidRows().quarantineUpTo(), spec.invalidRows().advice());
    // An experiment's model is evaluated on the test split.
    assigner.requireBothLabels(where, () -> assigner.advice().forSplits(count));
    FoldPlan plan = rows.plan(count);
    if (!plan.isSufficient()) {
      throw new UserException(
          where + ": " + tooMany(rows, count) + "; " + assigner.advice().forFolds(count));
    }
    return new Folds(plan);
  }

  private static String tooMany(FoldRows rows, int count) {
    int possible = count - 1;
    while (possible >= MIN_FOLDS && !rows.plan(possible).isSufficient()) {
      possible--;
    }
    return String.format(
        "too few rows for %d folds: of the %d rows outside the test split, %d are positive, and each"
            + " fold needs at least %d rows of each label; %s",
        count,
        rows.rows(0) + rows.rows(1),
        rows.rows(1),
        Split.VALIDATION.minimumRows(),
        possible < MIN_FOLDS
            ? "no folds are possible with this split"
            : "at most " + possible + " folds are possible: FOLDS=" + possible);
  }

  /**
   * The assignment with one fold as validation split and the others as train split; of a split by
   * time, with the rows before it as train split.
   *
   * @param fold from 1 to the count
   */
  public SplitAssignment validatingOn(int fold) {
    if (fold < 1 || fold > plan.count()) {
      throw new IllegalArgumentException("no fold " + fold + " of " + plan.count());
    }
    return new FoldAssignment(plan, fold);
  }

  /** One fold validates. */
  private record FoldAssignment(FoldPlan plan, int number) implements SplitAssignment {
    @Override
    public Set<Split> written() {
      return EnumSet.of(Split.TRAIN, Split.VALIDATION);
    }

    @Override
    public @Nullable Split split(byte[] key, int from, int length, byte label) {
      return plan.split(key, from, length, label, number);
    }
  }
}
