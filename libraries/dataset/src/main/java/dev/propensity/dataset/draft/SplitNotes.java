package dev.propensity.dataset.draft;

import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.table.DatePattern;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

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
   * @param copies the share of rows that are copies of another one, from where on it matters
   */
  static List<String> of(TableProfile table, List<ColumnDraft> columns, double copies) {
    List<String> notes = new ArrayList<>();
    SplitNotes all = new SplitNotes(table, columns);
    all.groups(notes);
    all.dates(notes);
    if (table.duplicateShare() >= copies) {
      notes.add(
          String.format(
              Locale.ROOT,
              "CHECK: %.1f%% of the rows are copies of another row. If these are not different"
                  + " customers, keep copies in one split: duplicates: together",
              100 * table.duplicateShare()));
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
          column.kind() == ColumnKind.DATE ? days(column) : new TreeMap<>();
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
    SortedMap<Long, Long> days = new TreeMap<>();
    ColumnProfile profile =
        table.columns().stream()
            .filter(one -> one.name.equals(column.name()))
            .findFirst()
            .orElseThrow();
    DatePattern format = DatePattern.of(column.values().get(0));
    Map<String, Long> words =
        profile.numberRows() > 0 ? profile.numberWords() : profile.textWords();
    if (profile.hasMoreTexts() || profile.hasMoreNumbers()) {
      return days;
    }
    words.forEach(
        (word, rows) -> {
          long day = format.epochDay(word);
          if (day != DatePattern.NOT_A_DATE && day != DatePattern.NO_SUCH_DATE) {
            days.merge(day, rows, Long::sum);
          }
        });
    return days;
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
