package dev.propensity.dataset.draft;

import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.HashSplit;
import dev.propensity.dataset.split.SeedSearch;
import dev.propensity.foundation.UserException;
import java.io.InputStream;
import java.util.Locale;
import java.util.OptionalLong;

/** Finds the first seed whose splits, and folds if possible, have enough rows of both labels. */
final class SplitSeed {
  private SplitSeed() {}

  /**
   * The seed, from 1 on.
   *
   * @param csv the whole table; the caller closes it
   * @param where the table's name, for errors
   * @param spec with the shares of the splits
   * @param label of the table
   * @throws UserException if there are too few rows of a label for any seed
   */
  static long find(InputStream csv, String where, DatasetSpec spec, LabelCandidate label) {
    SeedSearch search = new SeedSearch(((HashSplit) spec.split()).withSeed(0));
    RowReader reader = RowReader.open(csv, where, RowSchema.fitting(spec));
    for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
      for (int row = 0; row < batch.rows(); row++) {
        int start = batch.identifierStart(row);
        int length = batch.identifierEnd(row) - start;
        search.add(batch.identifiers(), start, length, batch.labels()[row]);
      }
    }
    OptionalLong seed = search.next(SeedSearch.USUAL_FOLDS);
    return (seed.isPresent() ? seed : search.next(0))
        .orElseThrow(
            () ->
                new UserException(
                    String.format(
                        Locale.ROOT,
                        "%s: too few rows to split: positive: %,d, negative: %,d; each of the"
                            + " splits train, validation and test needs both labels",
                        where,
                        label.positives(),
                        label.negatives())));
  }
}
