package dev.propensity.dataset.draft;

import dev.propensity.dataset.profile.Copies;
import dev.propensity.dataset.specification.ColumnKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Other ways to split the rows, as comments, where rows may not be independent of each other. */
final class SplitNotes {
  private static final double TRAIN = 0.65; // of the rows, in the order of their dates
  private static final double TRAIN_AND_VALIDATION = 0.8;

  private final TableProfile table;
  private final List<ColumnDraft> columns;

  private SplitNotes(TableProfile table, List<ColumnDraft> columns) {
    this.table = table;
    this.columns = columns;
  }

  /**
   * One note each; none where nothing is known.
   *
   * @param copies those that a test split of the rows would have; null where they do not matter
   */
  static List<String> of(TableProfile table, List<ColumnDraft> columns, @Nullable Copies copies) {
    List<String> notes = new ArrayList<>();
    SplitNotes all = new SplitNotes(table, columns);
    all.groups(notes);
    all.dates(notes);
    if (copies != null) {
      notes.add(
          String.format(
              Locale.ROOT,
              "CHECK: about %.0f%% of the test rows would be copies of other rows. To keep copies in"
                  + " one split: duplicates: together",
              100.0 * copies.rows() / copies.of()));
    }
    return notes;
  }

  private void groups(List<String> notes) {
    for (ColumnDraft column : columns) {
      if (column.note().equals(KindChoice.GROUP)) {
        notes.add(
            "CHECK: several rows have the same "
                + KindChoice.shortened(column.name())
                + ". To keep them in one split: group: "
                + YamlText.scalar(column.name()));
      }
    }
  }

  private void dates(List<String> notes) {
    for (ColumnDraft column : columns) {
      SortedMap<Long, Long> days =
          column.kind() == ColumnKind.DATE && column.missing() == 0
              ? days(column)
              : new TreeMap<>();
      if (days.size() < 2) {
        continue;
      }
      LocalDate validation = day(days, TRAIN);
      LocalDate test = day(days, TRAIN_AND_VALIDATION);
      if (LocalDate.ofEpochDay(days.firstKey()).isBefore(validation) && validation.isBefore(test)) {
        notes.add(
            String.format(
                "CHECK: %s is from %s to %s. If the model is for later rows, test it on the latest"
                    + " ones: {time: %s, validation_from: %s, test_from: %s} instead of the lines"
                    + " below",
                KindChoice.shortened(column.name()),
                LocalDate.ofEpochDay(days.firstKey()),
                LocalDate.ofEpochDay(days.lastKey()),
                YamlText.scalar(column.name()),
                validation,
                test));
      }
    }
  }

  /** The days with their rows; none if there are too many to know them all. */
  private SortedMap<Long, Long> days(ColumnDraft column) {
    ColumnProfile profile =
        table.columns().stream()
            .filter(one -> one.name.equals(column.name()))
            .findFirst()
            .orElseThrow();
    return (profile.numberRows() > 0 ? profile.digits() : profile.dates()).days();
  }

  /** The first day before which there is at least this share of the rows. */
  private static LocalDate day(SortedMap<Long, Long> days, double share) {
    long all = days.values().stream().mapToLong(Long::longValue).sum();
    long before = 0;
    for (Map.Entry<Long, Long> day : days.entrySet()) {
      if (before >= share * all) {
        return LocalDate.ofEpochDay(Objects.requireNonNull(day.getKey()));
      }
      before += day.getValue();
    }
    return LocalDate.ofEpochDay(days.lastKey());
  }
}
