package dev.propensity.tasks.init;

import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.split.Splitter;
import dev.propensity.foundation.UserException;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/** Chooses the rows on which learners are compared. */
final class ComparisonRows {
  private ComparisonRows() {}

  /**
   * At random, always the same rows, of each label its share.
   *
   * @param most how many rows, about
   * @param fewest rows of each label
   * @throws UserException if there are fewer rows of a label
   */
  static FeatureTable of(FeatureTable all, int most, int fewest) {
    byte[] labels = all.labels();
    int[][] byLabel = new int[2][];
    for (int label = 0; label < 2; label++) {
      int wanted = label;
      int[] rows = IntStream.range(0, all.rows()).filter(r -> labels[r] == wanted).toArray();
      if (rows.length < fewest) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "COMPARE=1 needs %d rows of each label, and the sample of %d rows has only %d %s;"
                    + " draft without it, then compare on all rows with make experiment",
                fewest,
                all.rows(),
                rows.length,
                label == 1 ? "positive ones" : "negative ones"));
      }
      int share = (int) ((double) most * rows.length / all.rows());
      byLabel[label] = chosen(rows, Math.max(fewest, share));
    }
    return all.rows() <= most
        ? all
        : all.take(
            IntStream.concat(IntStream.of(byLabel[0]), IntStream.of(byLabel[1]))
                .sorted()
                .toArray());
  }

  private static int[] chosen(int[] rows, int count) {
    return IntStream.of(rows)
        .boxed()
        .sorted(Comparator.comparingLong(row -> Splitter.mix(row + 1L)))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
