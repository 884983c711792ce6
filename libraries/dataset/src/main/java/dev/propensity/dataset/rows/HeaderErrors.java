package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.LookAlikes;
import dev.propensity.dataset.rows.result.HeaderRejectedException;
import dev.propensity.foundation.Spelling;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CellError;
import dev.propensity.table.ColumnName;
import dev.propensity.table.CsvReader;
import dev.propensity.table.Numbers;
import dev.propensity.table.SourceFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The errors in a table's header, and hints at the likely mistakes. */
final class HeaderErrors {
  private static final int SHOWN = 10;
  private static final String RENAME = "rename or remove one";

  private final RowSchema schema;
  private final CsvReader table;
  private final SourceFormat format;
  private final List<String> header;
  private final LookAlikes alike;
  private final List<CellError> errors = new ArrayList<>();
  private final List<String> missing = new ArrayList<>(); // with hints
  private final List<String> duplicate = new ArrayList<>();
  private final SortedMap<String, String> rules = new TreeMap<>(); // by column

  HeaderErrors(RowSchema schema, CsvReader table, SourceFormat format) {
    this.schema = schema;
    this.table = table;
    this.format = format;
    this.header = table.header();
    this.alike = new LookAlikes(header);
  }

  void addDuplicate(String column) {
    duplicate.add("'" + column + "'");
    rules.put(column, HeaderRejectedException.DUPLICATE_COLUMN);
    add(column, "duplicate column; " + RENAME);
  }

  /** Adds a missing column, with a hint if it is among those that are shown. */
  void addMissing(String column) {
    rules.put(column, HeaderRejectedException.MISSING_COLUMN);
    Optional<String> reason = format.missing(ColumnName.of(column));
    String near = reason.isEmpty() && errors.size() < SHOWN ? near(column) : "";
    String hint = reason.orElse(near.isEmpty() ? advice(column) : near);
    missing.add("'" + column + "'" + (hint.isEmpty() ? "" : " (" + hint + ")"));
    String rule = hint.isEmpty() ? "the column is missing" : "the column is missing; " + hint;
    add(column, reason.orElse(rule));
  }

  private void add(String column, String rule) {
    errors.add(new CellError(table.headerLine(), column, null, rule));
  }

  /** A hint where a column is missing that only training requires. */
  private String advice(String name) {
    if (schema.policy() != RowPolicy.TRAINING) {
      return "";
    }
    if (name.equals(schema.label().column())) {
      return "rows without it can only be scored: make predict, or download --policy scoring";
    }
    if (name.equals(schema.splitColumn())) {
      return "the section split of the dataset's file names it";
    }
    return name.equals(schema.identifier()) ? "a table without one has identifier: row" : "";
  }

  /** A hint at a similar column of the header; empty where there is none. */
  private String near(String name) {
    String known = alike.of(name);
    if (known == null) {
      return Spelling.closest(name, header).map(other -> "there is '" + other + "'").orElse("");
    }
    String invisible =
        known
            .codePoints()
            .filter(c -> c > 0x7E && name.indexOf(c) < 0)
            .distinct()
            .mapToObj(c -> String.format("U+%04X", c))
            .collect(Collectors.joining(", "));
    return "there is '"
        + known
        + "'"
        + (invisible.isEmpty() ? "" : ", which only looks the same: it has " + invisible);
  }

  /**
   * Rejects a first line with a name that is empty or a number: it is a row. A source without lines
   * has a header.
   *
   * @throws UserException that names the columns that a header has
   */
  void requireHeader() {
    boolean named =
        header.stream()
            .noneMatch(name -> name.isEmpty() || !Double.isNaN(Numbers.parseOrNaN(name)));
    if (named || !format.hasLines()) {
      return;
    }
    List<String> required = new ArrayList<>(schema.names());
    if (schema.policy() == RowPolicy.SCORING) {
      required.remove(ColumnName.of(schema.label().column()));
    }
    throw new UserException(
        String.format(
            "%s%s: there is no header: the first line is a row (%s%s); add a line with the"
                + " columns' names (%s%s)",
            table.where(),
            format.header(table.headerLine()),
            String.join(", ", header.subList(0, Math.min(3, header.size()))),
            header.size() > 3 ? ", …" : "",
            String.join(", ", required.subList(0, Math.min(SHOWN, required.size()))),
            required.size() > SHOWN ? ", …" : ""));
  }

  /**
   * Rejects the table if there are errors.
   *
   * @throws HeaderRejectedException that names the first ten and counts all
   */
  void requireNone() {
    if (errors.isEmpty()) {
      return;
    }
    throw new HeaderRejectedException(
        table.where()
            + format.header(table.headerLine())
            + ": "
            + Stream.of(names("missing", missing, ""), names("duplicate", duplicate, ": " + RENAME))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; ")),
        table.dialect(),
        errors.subList(0, Math.min(SHOWN, errors.size())),
        errors.size(),
        rules);
  }

  /** As {@code missing columns: 'age' (there is 'Age'), 'plan'}; empty where there are none. */
  private static String names(String what, List<String> columns, String advice) {
    if (columns.isEmpty()) {
      return "";
    }
    String shown = columns.stream().limit(SHOWN).collect(Collectors.joining(", "));
    String more = columns.size() > SHOWN ? " and " + (columns.size() - SHOWN) + " more" : "";
    return what + (columns.size() == 1 ? " column: " : " columns: ") + shown + more + advice;
  }
}
