package dev.propensity.monitoring.outcome;

import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.encoder.InvalidCell.Rule;
import dev.propensity.dataset.encoder.LabelReader;
import dev.propensity.dataset.rows.IdentifierRule;
import dev.propensity.dataset.specification.OutcomeRule;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Reads the cells of an outcome; reused for the next one. */
final class OutcomeCells {
  private static final OutcomeColumns.Role[] ROLES = OutcomeColumns.Role.values();
  private static final Duration TOLERANCE = Duration.ofDays(1); // dates of other time zones
  private static final String ROW = "the row";

  private final String identifierColumn;
  private final String contactedColumn; // empty where there is none
  private final StoredIdentifiers identifiers;
  private final Instant latest;
  private final LabelReader labels;
  private final CellText text;

  OutcomeCells(OutcomeForm form, StoredIdentifiers identifiers, Instant received, String where) {
    this.identifierColumn = form.identifier();
    this.contactedColumn = form.rule().column().orElse("");
    this.identifiers = identifiers;
    this.latest = received.plus(TOLERANCE);
    this.labels = new LabelReader(form.label());
    this.text = new CellText(where);
  }

  /**
   * Reads a record's cells.
   *
   * @param roles of the cells
   * @param invalid gets the cells that are
   * @return a valid row if none is
   */
  OutcomeRow read(CsvCells cells, int[] roles, List<InvalidCell> invalid) {
    String identifier = "";
    byte label = OutcomeRow.UNKNOWN;
    long time = OutcomeRow.NO_TIME;
    byte contacted = OutcomeRow.UNKNOWN;
    int count = 0;
    while (!cells.endsRecord()) {
      cells.cell();
      OutcomeColumns.Role role =
          count < roles.length ? ROLES[roles[count]] : OutcomeColumns.Role.IGNORED;
      count++;
      try {
        switch (role) {
          case IDENTIFIER -> identifier = identifier(cells);
          case LABEL -> label = label(cells);
          case TIME -> time = time(cells);
          case CONTACTED -> contacted = contacted(cells);
          case IGNORED -> {}
        }
      } catch (InvalidCell e) {
        invalid.add(e);
      }
    }
    if (count != roles.length) {
      invalid.clear();
      String error = count + " cells where the header has " + roles.length;
      invalid.add(new InvalidCell(ROW, identifier.isEmpty() ? "" : "…", Rule.RAGGED, error));
    }
    return new OutcomeRow(identifier, label, time, contacted);
  }

  private String identifier(CsvCells cells) {
    text.set(cells); // which rejects what is not UTF-8
    String error = IdentifierRule.error(cells.end() - cells.start());
    if (error != null) {
      Rule rule = text.length() == 0 ? Rule.MISSING : Rule.TOO_LONG;
      throw new InvalidCell(identifierColumn, text.string(), rule, error);
    }
    return identifiers.stored(cells.text(), cells.start(), cells.end());
  }

  /** An empty label is no answer yet, where another column says who was contacted. */
  private byte label(CsvCells cells) {
    text.set(cells);
    if (text.length() > 0 || contactedColumn.isEmpty()) {
      return labels.read(text.chars(), text.length());
    }
    return OutcomeRow.UNKNOWN;
  }

  private long time(CsvCells cells) {
    text.set(cells);
    String value = text.string();
    if (value.isEmpty()) {
      return OutcomeRow.NO_TIME;
    }
    Instant time;
    try {
      time = OutcomeTime.parse(value);
    } catch (DateTimeException e) {
      throw new InvalidCell(
          OutcomeRule.TIME,
          value,
          Rule.NOT_A_DATE,
          "not a date or a time by ISO 8601: write 2026-11-30 or 2026-11-30T13:00:00Z");
    }
    if (time.isAfter(latest)) {
      throw new InvalidCell(OutcomeRule.TIME, value, Rule.DATE_OUT_OF_RANGE, "in the future");
    }
    return time.toEpochMilli();
  }

  private byte contacted(CsvCells cells) {
    text.set(cells);
    return switch (text.string().toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes" -> 1;
      case "0", "false", "no" -> 0;
      default ->
          throw new InvalidCell(
              contactedColumn,
              text.string(),
              text.length() == 0 ? Rule.MISSING : Rule.NOT_LISTED,
              "must be 1 or 0: whether the customer was contacted");
    };
  }
}
