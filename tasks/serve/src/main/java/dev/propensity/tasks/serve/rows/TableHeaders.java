package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.rows.result.UnseenCategories;
import dev.propensity.tasks.serve.metrics.ColumnCounts;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.Map;

/** The response headers that describe how the rows were read. */
public final class TableHeaders {
  private TableHeaders() {}

  /**
   * Adds the dialect, how rows are identified if not by a column, duplicates, and the cells whose
   * category was not in the training data, with the known ones that they look like. If there are so
   * many of these that the scores are unreliable, a header has the number of such columns, which
   * are those with the most cells.
   */
  public static void add(Context context, ReadingReport report) {
    if (report.csv() != null) {
      context.header("Propensity-Csv", report.csv());
    }
    if (report.numbered()) {
      context.header("Propensity-Identifier", "row");
    }
    if (report.duplicates() > 0) {
      context.header("Propensity-Duplicates", String.valueOf(report.duplicates()));
    }
    if (!report.unseen().isEmpty()) {
      add(context, report.unseen());
    }
  }

  private static void add(Context context, UnseenCategories unseen) {
    ColumnCounts counts = new ColumnCounts();
    unseen.counts().entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder())) // the smallest are cut
        .forEach(column -> counts.add(column.getKey(), column.getValue()));
    context.header("Propensity-Unseen", counts.text());
    if (!unseen.doubtful().isEmpty()) {
      context.header("Propensity-Doubtful", String.valueOf(unseen.doubtful().size()));
    }
    if (!unseen.lookAlikes().isEmpty()) {
      ColumnCounts columns = new ColumnCounts();
      unseen
          .lookAlikes()
          .forEach(
              (column, words) ->
                  words.forEach((word, known) -> columns.addLookAlike(column, word, known)));
      context.header("Propensity-Look-Alikes", columns.text());
    }
  }
}
