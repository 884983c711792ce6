package dev.propensity.tests.cases;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An entry point's result for a table.
 *
 * @param code the exit code or HTTP status
 * @param message the error, on one line; empty where the table was read
 * @param table the counts of training: rows by split, different values by column; else empty
 * @param files the artifact's files with the first digits of their SHA-256
 * @param identifiers of the rows that were scored
 * @param scores of the same rows
 * @param notes warnings, and a response's members other than scores
 * @param details all that was reported: the log, headers, the artifact's report
 */
record TableResult(
    Kind kind,
    int code,
    String message,
    String table,
    SortedMap<String, String> files,
    List<String> identifiers,
    List<Float> scores,
    List<String> notes,
    String details) {

  /** How it ended. */
  enum Kind {
    OK,
    REJECTED,
    /** An environment fault or an internal error. */
    FAILED,
    NOT_RUN
  }

  static TableResult trained(
      String table, SortedMap<String, String> files, List<String> notes, String details) {
    return new TableResult(Kind.OK, 0, "", table, files, List.of(), List.of(), notes, details);
  }

  static TableResult scored(
      List<String> identifiers, List<Float> scores, List<String> notes, String details) {
    return new TableResult(
        Kind.OK, 0, "", "", new TreeMap<>(), identifiers, scores, notes, details);
  }

  static TableResult failed(Kind kind, int code, String message, List<String> notes) {
    return new TableResult(
        kind, code, message, "", new TreeMap<>(), List.of(), List.of(), notes, "");
  }

  static TableResult notRun(String why) {
    return failed(Kind.NOT_RUN, 0, why, List.of());
  }

  /** The same without a word in its text. */
  TableResult without(String word) {
    return new TableResult(
        kind,
        code,
        message.replace(word, ""),
        table,
        files,
        identifiers,
        scores,
        notes,
        details.replace(word, ""));
  }

  /** All of it on one line. */
  String line() {
    StringBuilder line = new StringBuilder(kind.toString());
    if (kind == Kind.REJECTED || kind == Kind.FAILED) {
      line.append(' ').append(code);
    }
    if (!message.isEmpty()) {
      line.append(' ').append(message);
    }
    if (!table.isEmpty()) {
      line.append(' ').append(table);
    }
    if (!scores.isEmpty()) {
      line.append(' ').append(summary());
    }
    notes.forEach(note -> line.append(" | ").append(note));
    return line.toString();
  }

  private String summary() {
    double sum = 0;
    for (float score : scores) {
      sum += score;
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "%d rows, mean %.6f", scores.size(), sum / scores.size()));
    String separator = ", first ";
    for (int row = 0; row < Math.min(3, scores.size()); row++) {
      text.append(separator).append(identifiers.get(row));
      text.append(String.format(Locale.ROOT, "=%.6f", scores.get(row)));
      separator = " ";
    }
    String last = identifiers.get(identifiers.size() - 1);
    return text.append(", last ").append(last).toString().replace("\n", "\\n");
  }
}
