package dev.propensity.dataset.profile;

import dev.propensity.dataset.specification.ColumnKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says why a column is a leak. */
final class Leak {
  private static final double RATE = 0.99;
  private static final long POSITIVES = 30;
  private static final String ADVICE =
      "; if it is known only after the offer, remove it, otherwise set its leak_check to off";

  private Leak() {}

  /**
   * The sentence; null where the column is no leak or is not checked.
   *
   * @param feature the column's place among the sample's values
   */
  static @Nullable String of(ColumnSummary summary, LabelSample sample, int feature) {
    if (!summary.column.leakCheck()) {
      return null;
    }
    if (isOfOneLabel(summary.trainMissing(0), summary.trainMissing(1), summary.trainPresent(0))) {
      return "almost all rows without a value are positive" + ADVICE;
    }
    if (isOfOneLabel(summary.trainPresent(0), summary.trainPresent(1), summary.trainMissing(0))) {
      return "almost all rows with a value are positive" + ADVICE;
    }
    boolean ordered = summary.column.kind() != ColumnKind.CATEGORY;
    double auc = LeakCheck.auc(sample.values(0, feature), sample.values(1, feature), ordered);
    return auc < LeakCheck.LEAK_AUC
        ? null
        : String.format(
                Locale.ROOT, "the column alone ranks rows by label with an AUC of %.4f", auc)
            + ADVICE;
  }

  /**
   * Whether the positive rows of a pattern are almost all of it, and negative ones have the other.
   */
  private static boolean isOfOneLabel(long negatives, long positives, long otherNegatives) {
    return positives >= POSITIVES
        && otherNegatives > 0
        && positives >= RATE * (negatives + positives);
  }
}
