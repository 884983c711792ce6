package dev.propensity.dataset.profile;

import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatePart;
import java.util.List;
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
   * @param firstPart that of its dates' first part
   */
  static @Nullable String of(
      ColumnSummary summary, LabelSample sample, int feature, int firstPart) {
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
    String leak = ranking("the column", sample, feature, ordered);
    List<DatePart> parts = summary.column.parts();
    for (int i = 0; leak == null && i < parts.size(); i++) {
      String name = "its feature " + parts.get(i).feature(summary.column.name());
      leak = ranking(name, sample, firstPart + i, false); // December is next to January
    }
    return leak;
  }

  private static @Nullable String ranking(
      String what, LabelSample sample, int feature, boolean ordered) {
    double auc = LeakCheck.auc(sample.values(0, feature), sample.values(1, feature), ordered);
    return auc < LeakCheck.LEAK_AUC
        ? null
        : String.format(Locale.ROOT, "%s alone ranks rows by label with an AUC of %.4f", what, auc)
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
