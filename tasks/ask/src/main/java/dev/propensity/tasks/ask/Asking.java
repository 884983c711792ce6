package dev.propensity.tasks.ask;

import dev.propensity.dataset.TextRows;
import dev.propensity.endpoint.Answered;
import dev.propensity.endpoint.Answered.Prediction;
import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.RowsRefusedException;
import dev.propensity.endpoint.RowsRefusedException.RowError;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows that go to an endpoint, some at a time, so that memory does not grow with them. */
final class Asking {
  private static final int MOST_ROWS = 1_000;
  private static final int MOST_CELLS = 100_000;
  private static final int SHOWN = 10;

  private final Endpoint endpoint;
  private final Scores scores;
  private final List<Map<String, String>> batch = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private long errorCount;
  private String model;
  private long rows;
  private long positive;

  Asking(Endpoint endpoint, Scores scores) {
    this.endpoint = endpoint;
    this.scores = scores;
  }

  /**
   * Asks for the scores of all rows.
   *
   * @throws UserException that names the lines of the first ten cells that are wrong, and counts
   *     all
   * @throws UnavailableException if another model answers than before
   */
  void all(TextRows table) throws IOException {
    int most = Math.max(1, Math.min(MOST_ROWS, MOST_CELLS / table.header().size()));
    for (Map<String, String> row = table.next(); row != null; row = table.next()) {
      batch.add(row);
      lines.add(table.line());
      if (batch.size() == most) {
        ask();
      }
    }
    if (!batch.isEmpty()) {
      ask();
    }
    if (errorCount > 0) {
      throw new UserException(rejection());
    }
  }

  private void ask() throws IOException {
    Answered answered;
    try {
      answered = endpoint.score(batch);
    } catch (RowsRefusedException e) {
      collect(e);
      batch.clear();
      lines.clear();
      return;
    }
    if (errorCount > 0) { // the other rows are sent for their errors alone
      batch.clear();
      lines.clear();
      return;
    }
    if (model != null && !model.equals(answered.model())) {
      throw new UnavailableException(
          endpoint
              + " changed from "
              + model
              + " to "
              + answered.model()
              + " meanwhile: ask again");
    }
    if (answered.predictions().size() != batch.size()) {
      throw new UserException(
          endpoint
              + " answered "
              + answered.predictions().size()
              + " scores for "
              + batch.size()
              + " rows: is this an endpoint?");
    }
    model = answered.model();
    write(answered.predictions());
    rows += batch.size();
    batch.clear();
    lines.clear();
  }

  private void collect(RowsRefusedException e) {
    if (e.errors().isEmpty()) {
      throw new UserException(e.rule(), e);
    }
    errorCount += e.count();
    for (RowError error : e.errors()) {
      if (errors.size() < SHOWN && error.row() <= lines.size()) {
        errors.add("line " + lines.get(error.row() - 1) + ": " + error.text());
      }
    }
  }

  private String rejection() {
    if (errorCount == 1 && errors.size() == 1) {
      return errors.get(0);
    }
    String all = String.join("\n", errors);
    long more = errorCount - errors.size();
    return errorCount + " errors\n" + all + (more > 0 ? "\nand " + more + " more" : "");
  }

  // Where the table has no identifier, the endpoint counts a request's rows instead.
  private void write(List<Prediction> predictions) throws IOException {
    boolean identified = hasColumnOf(predictions);
    for (int i = 0; i < predictions.size(); i++) {
      Prediction one = predictions.get(i);
      String id = identified ? one.id() : String.valueOf(rows + i + 1);
      scores.add(id, one.score(), one.label());
      positive += one.label() != null && one.label() == 1 ? 1 : 0;
    }
  }

  /** Whether what the endpoint calls the rows is what one of their columns says. */
  private boolean hasColumnOf(List<Prediction> predictions) {
    for (String column : batch.get(0).keySet()) {
      boolean all = true;
      for (int i = 0; i < batch.size() && all; i++) {
        all = batch.get(i).get(column).equals(predictions.get(i).id());
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  /** The model that scored: {@code insurance/3@0123456789ab}. */
  String model() {
    return model;
  }

  long rows() {
    return rows;
  }

  /** How many rows have the label 1. */
  long positive() {
    return positive;
  }
}
