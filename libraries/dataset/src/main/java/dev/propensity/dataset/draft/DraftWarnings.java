package dev.propensity.dataset.draft;

import dev.propensity.dataset.profile.Copies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person should know of a table before its draft is used. */
final class DraftWarnings {
  private DraftWarnings() {}

  /**
   * The warnings, one line each.
   *
   * @param copies those that a test split of the rows would have; null where they do not matter
   */
  static List<String> of(LabelCandidate label, @Nullable Copies copies, List<ColumnDraft> columns) {
    List<String> warnings = new ArrayList<>(Sentinels.warnings(columns));
    for (ColumnDraft column : columns) {
      if (column.note().equals(KindChoice.GROUP)) {
        warnings.add(
            "several rows have the same "
                + KindChoice.shortened(column.name())
                + ": if they depend on each other, split the rows by it with split.group, or a model"
                + " looks better on the test split than it is");
      }
    }
    if (copies != null) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "about %.0f%% of the test rows would be copies of other rows, with the same label:"
                  + " a model that memorizes them looks better than it is",
              100.0 * copies.rows() / copies.of()));
    }
    long fewest = Math.min(label.positives(), label.negatives());
    if (fewest < SpecDrafting.LEAK_CHECK) {
      warnings.add("leaks are not checked: only " + fewest + " rows have the rarer label");
    }
    if (label.missing() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              label.missing() == 1
                  ? "%,d row has no label: it is quarantined"
                  : "%,d rows have no label: they are quarantined",
              label.missing()));
    }
    return warnings;
  }
}
