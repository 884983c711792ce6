package dev.propensity.dataset.draft;

import static java.util.stream.Collectors.joining;

import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.table.DatePattern;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes what a column is, or why it is not a feature. */
final class ColumnDrafting {
  private static final int EXAMPLES = 3;
  private static final String LATER =
      "days; those of new rows are later than all of these: feature: false leaves it out";
  private static final String SENSITIVE =
      "sensitive: report has evaluations show the metrics of each group";

  private final ColumnProfile column;
  private final ColumnWords words;

  ColumnDrafting(ColumnProfile column, ColumnWords words) {
    this.column = column;
    this.words = words;
  }

  ColumnDraft excluded(String reason) {
    return feature(ColumnKind.NUMBER, List.of(), null, "").excluded(reason);
  }

  ColumnDraft feature(ColumnKind kind, List<String> values, String note) {
    return feature(kind, values, null, note);
  }

  ColumnDraft number(@Nullable Double minimum, String note) {
    return feature(ColumnKind.NUMBER, List.of(), minimum, note);
  }

  ColumnDraft date(List<DatePattern> formats) {
    DatePattern format = formats.get(0);
    String note =
        formats.stream()
            .filter(format::contradicts)
            .findFirst()
            .map(other -> "CHECK: is " + format + " right, and not " + other + "?")
            .orElse(LATER);
    return feature(ColumnKind.DATE, List.of(format.toString()), note);
  }

  /** Reads the words as missing values; says so. */
  String taken(List<String> read) {
    return String.format(
        Locale.ROOT,
        "%,d: %s %s",
        words.take(read),
        read.stream().map(word -> "'" + KindChoice.shortened(word) + "'").collect(joining(", ")),
        read.size() == 1 ? "is read as a missing value" : "are read as missing values");
  }

  private ColumnDraft feature(
      ColumnKind kind, List<String> values, @Nullable Double minimum, String note) {
    String about =
        Stream.of(note, Sentinels.note(words.sentinels()))
            .filter(text -> !text.isEmpty())
            .collect(joining("; "));
    boolean sensitive =
        about.isEmpty() && (NameWords.isSensitive(column.name) || CellWords.areSexes(words.all()));
    return new ColumnDraft(
        column.name,
        kind,
        values,
        words.missing(),
        words.missingWords(),
        words.sentinels(),
        minimum,
        sensitive ? SENSITIVE : about,
        words.distinct(),
        words.all().stream().limit(EXAMPLES).map(KindChoice::shortened).toList());
  }
}
