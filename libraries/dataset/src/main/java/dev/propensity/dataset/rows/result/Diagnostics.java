package dev.propensity.dataset.rows.result;

import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.table.CellError;
import dev.propensity.table.Dialect;
import dev.propensity.table.SourceFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The errors in a table's rows: the first ten cells, and the count of each rule. */
public final class Diagnostics {
  private final SourceFormat format;
  private final List<CellError> first = new ArrayList<>();
  private final Map<InvalidCell.Rule, Long> counts = new EnumMap<>(InvalidCell.Rule.class);
  private final SortedMap<String, SortedMap<String, Long>> columns = new TreeMap<>();
  private long cells;
  private long rows;

  /**
   * @param format of the table, by which errors name its rows
   */
  public Diagnostics(SourceFormat format) {
    this.format = format;
  }

  /** Adds all errors of one row. */
  public void addRow(long line, List<InvalidCell> invalid) {
    rows++;
    for (InvalidCell cell : invalid) {
      cells++;
      counts.merge(cell.rule, 1L, Long::sum);
      columns
          .computeIfAbsent(cell.column, column -> new TreeMap<>())
          .merge(cell.rule.key(), 1L, Long::sum);
      if (first.size() < CellError.MAX_SHOWN) {
        first.add(cell.on(line).shortened());
      }
    }
  }

  /** The first ten, in the file's order. */
  public List<CellError> first() {
    return List.copyOf(first);
  }

  /** How many cells break a rule. */
  public long cells() {
    return cells;
  }

  /** How many rows have such a cell. */
  public long rows() {
    return rows;
  }

  /** How many cells break each rule, by the rule's name in lower case. */
  public SortedMap<String, Long> counts() {
    SortedMap<String, Long> byName = new TreeMap<>();
    counts.forEach((rule, count) -> byName.put(rule.key(), count));
    return byName;
  }

  /** How many cells break each rule, by column and the rule's name in lower case. */
  public SortedMap<String, SortedMap<String, Long>> byColumn() {
    return columns;
  }

  /** How many cells break each rule, by the rule in words. */
  public SortedMap<String, Long> described() {
    SortedMap<String, Long> byText = new TreeMap<>();
    counts.forEach((rule, count) -> byText.put(rule.text, count));
    return byText;
  }

  /**
   * The rejection of a table with so many rows.
   *
   * @param dialect how the table is written
   * @param advice what to do, on a line of its own; may be empty
   */
  public TableRejectedException rejection(String where, Dialect dialect, long all, String advice) {
    StringBuilder text = new StringBuilder(where);
    text.append(String.format(Locale.ROOT, ": %,d of %,d rows are invalid\n", rows, all));
    first.forEach(
        error ->
            text.append(format.record(error.line()))
                .append(", ")
                .append(error.withoutLine())
                .append('\n'));
    if (cells > first.size()) {
      text.append(String.format(Locale.ROOT, "and %,d more\n", cells - first.size()));
    }
    Map<String, Long> byText = new LinkedHashMap<>();
    counts.forEach((rule, n) -> byText.put(rule.text, n));
    text.append(listed(byText));
    if (!advice.isEmpty()) {
      text.append('\n').append(advice);
    }
    return new TableRejectedException(text.toString(), dialect, first(), cells, rows);
  }

  /** How many cells break each rule, in one line. */
  public static String listed(Map<String, Long> counts) {
    List<String> texts = new ArrayList<>();
    counts.forEach((rule, n) -> texts.add(String.format(Locale.ROOT, "%s: %,d", rule, n)));
    return String.join("; ", texts);
  }
}
