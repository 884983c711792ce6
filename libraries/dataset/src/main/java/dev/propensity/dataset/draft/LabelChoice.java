package dev.propensity.dataset.draft;

import dev.propensity.foundation.Spelling;
import dev.propensity.foundation.UserException;
import dev.propensity.table.ColumnName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses the label: the given column, or the only one that is likely. */
final class LabelChoice {
  private static final double CLEAR = 0.7; // difference in score
  private static final int SHOWN = 10;
  private static final Map<String, String> OTHERS = // the value for the rows that have none
      Map.of("1", "0", "0", "1", "yes", "no", "no", "yes", "true", "false", "false", "true");
  private static final double MAX_MISSING = 0.5; // of the rows

  private final TableProfile table;
  private final String where;

  /**
   * @param where the table's name, for errors
   */
  LabelChoice(TableProfile table, String where) {
    this.table = table;
    this.where = where;
  }

  /** All columns with two values, the likeliest first. */
  List<LabelCandidate> candidates() {
    List<LabelCandidate> found = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      Map<String, Long> values = values(table.columns().get(i));
      if (values.size() == 2 && isUsable(i)) {
        LabelCandidate candidate = candidate(i, values);
        if (candidate.missing() <= MAX_MISSING * table.rows()) {
          found.add(candidate);
        }
      }
    }
    found.sort(Comparator.comparingDouble(LabelCandidate::score).reversed());
    return List.copyOf(found);
  }

  private boolean isUsable(int column) {
    String name = table.columns().get(column).name;
    return !name.isEmpty()
        && table.columns().stream().filter(other -> other.name.equals(name)).count() == 1;
  }

  private LabelCandidate candidate(int column, Map<String, Long> values) {
    ColumnProfile profile = table.columns().get(column);
    long missing = table.rows() - values.values().stream().mapToLong(Long::longValue).sum();
    boolean last = column == table.columns().size() - 1;
    return LabelCandidate.of(column, profile.name, values, missing, last);
  }

  /** The values with their rows, without words that mean a missing one; none if there are many. */
  private static Map<String, Long> values(ColumnProfile column) {
    if (column.hasMoreNumbers() || column.hasMoreTexts() || column.distinct() > 100) {
      return Map.of();
    }
    Map<String, Long> words = new LinkedHashMap<>(column.numberWords());
    column
        .textWords()
        .forEach(
            (word, rows) -> {
              if (!word.isEmpty() && !CellWords.isMissing(word, false)) {
                words.merge(word, rows, Long::sum);
              }
            });
    return LabelCandidate.values(words);
  }

  /**
   * The label.
   *
   * @param given the column's name; null where it is to be found
   * @throws UserException where the column is missing or has not two values, or where it is not
   *     clear which column is the label
   */
  LabelCandidate choose(@Nullable String given) {
    return given == null ? found() : given(ColumnName.of(given));
  }

  private LabelCandidate found() {
    List<LabelCandidate> candidates = candidates();
    if (candidates.isEmpty() && !table.ragged().isEmpty()) {
      throw new UserException(table.ragged() + "; is the first line the header?");
    }
    if (candidates.isEmpty()) {
      throw new UserException(
          where
              + " has no column with exactly two values, as a label has; add one, such as 1 for"
              + " customers who bought and 0 for the others");
    }
    LabelCandidate best = candidates.get(0);
    requireNoBetterName(best);
    boolean clear =
        best.nameRank() > 0
            && (candidates.stream().skip(1).noneMatch(other -> other.nameRank() > 0)
                || best.score() - candidates.get(1).score() >= CLEAR);
    if (clear) {
      return best;
    }
    String listed =
        candidates.stream()
            .limit(SHOWN)
            .map(LabelCandidate::text)
            .collect(Collectors.joining(", "));
    throw new UserException(
        String.format(
            "%s: which column is the label? %s: %s%s; name it: make init DATA=%s LABEL=%s",
            where,
            candidates.size() == 1
                ? "No name says so, and one column has two values"
                : candidates.size() + " columns have two values",
            listed,
            candidates.size() > SHOWN ? ", …" : "",
            word(where),
            word(best.name())));
  }

  /** The text as a word of a shell. */
  private static String word(String text) {
    boolean plain = text.matches("[\\p{L}\\p{N}_./:@%+=-]+");
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Rejects another column than one that is called a label, which has not two values. */
  private void requireNoBetterName(LabelCandidate best) {
    for (ColumnProfile column : table.columns()) {
      int rank = NameWords.labelRank(column.name);
      boolean better = rank == 2 || rank == 1 && isAlmostLabel(values(column));
      if (better && best.nameRank() == 0) {
        throw new UserException(
            String.format(
                "%s: the column '%s' seems to be the label, but %s; to use another one:"
                    + " make init DATA=%s LABEL=%s",
                where, column.name, notTwo(column), word(where), word(best.name())));
      }
    }
  }

  /** Whether one value is written, and the other left empty; or two with many empty cells. */
  private static boolean isAlmostLabel(Map<String, Long> values) {
    return values.size() == 1 || values.size() == 2;
  }

  private LabelCandidate given(String name) {
    List<String> names = table.columns().stream().map(column -> column.name).toList();
    int column = names.indexOf(name);
    if (column < 0) {
      throw new UserException(
          "LABEL=" + name + ": " + where + " has no such column; " + help(name, names));
    }
    if (!isUsable(column)) {
      throw new UserException(
          "LABEL="
              + name
              + ": "
              + where
              + " has several columns of this name; rename or remove one");
    }
    Map<String, Long> values = values(table.columns().get(column));
    if (values.size() == 2) {
      return candidate(column, values);
    }
    throw new UserException(
        String.format(
            "LABEL=%s: a label has two values, but %s", name, notTwo(table.columns().get(column))));
  }

  private static String help(String wrong, List<String> names) {
    String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return Spelling.closest(wrong, names)
        .map(name -> "did you mean '" + name + "'?")
        .orElse("there are " + shown + (names.size() > SHOWN ? ", …" : ""));
  }

  /** Why these are not a label's two values, in words. */
  private static String notTwo(ColumnProfile column) {
    Map<String, Long> values = values(column);
    long present = values.values().stream().mapToLong(Long::longValue).sum();
    if (values.size() == 1) {
      String value = values.keySet().iterator().next();
      return present == column.rows()
          ? "it is '" + KindChoice.shortened(value) + "' in every row"
          : String.format(
              Locale.ROOT,
              "it is '%s' in %,d rows and empty in %,d; write %s in the others",
              KindChoice.shortened(value),
              present,
              column.rows() - present,
              OTHERS.getOrDefault(value.toLowerCase(Locale.ROOT), "another value"));
    }
    if (values.size() == 2) {
      return "most rows have none";
    }
    String shown =
        values.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(SHOWN / 2)
            .map(
                value ->
                    String.format(
                        Locale.ROOT,
                        "'%s' in %,d rows",
                        KindChoice.shortened(value.getKey()),
                        value.getValue()))
            .collect(Collectors.joining(", "));
    if (new ColumnWords(column).present() == 0) {
      return "it has no value in any row";
    }
    return "it has "
        + (values.isEmpty() ? "many" : values.size())
        + (shown.isEmpty() ? "" : ": " + shown + (values.size() > SHOWN / 2 ? ", …" : ""));
  }
}
