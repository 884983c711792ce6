package dev.propensity.tasks.invoke;

import dev.propensity.dataset.rows.IdentifierSet;
import dev.propensity.dataset.rows.result.UnseenCategories;
import dev.propensity.endpoint.ScoringResponse;
import dev.propensity.endpoint.ScoringResponse.Prediction;
import dev.propensity.table.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the scores of a table's rows, and collects what is reported about them. */
final class ScoredTable {
  private final ScoresFile scores;
  private final UnseenCategories unseen = new UnseenCategories();
  private final IdentifierSet identifiers = new IdentifierSet();
  private @Nullable String csv;
  private boolean numbered;
  private long duplicates;
  private long rows;
  private long positive;

  ScoredTable(ScoresFile scores) {
    this.scores = scores;
  }

  /** Adds the table's next rows. */
  void add(ScoringResponse answered) throws IOException {
    if (Dialect.parse(csv).map(Dialect::decimalText).isEmpty()) {
      csv = answered.csv();
      numbered = "row".equals(answered.identifier());
    }
    unseen.add(answered.unseen(), answered.lookAlikes());
    unseen.addRows(answered.predictions().size());
    for (Prediction one : answered.predictions()) {
      rows++;
      String id = numbered ? String.valueOf(rows) : one.id();
      byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
      duplicates += identifiers.add(utf8, 0, utf8.length, rows) == 0 ? 0 : 1;
      scores.add(id, one.score(), one.label());
      positive += one.label() != null && one.label() == 1 ? 1 : 0;
    }
  }

  /** The table's dialect as the endpoint detected it; null if it is not reported. */
  @Nullable String csv() {
    return csv;
  }

  /** The number of rows. */
  long count() {
    return rows;
  }

  /** The number of rows with the label 1. */
  long positive() {
    return positive;
  }

  /** Warnings about the rows, one per line; often none. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (numbered) {
      notes.add("the table has no identifier column: rows are identified by their number, from 1");
    }
    if (duplicates > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d %s a duplicate identifier",
              duplicates,
              duplicates == 1 ? "row has" : "rows have"));
    }
    notes.addAll(unseen.lines());
    return notes;
  }

  /** The columns with so many unseen values that the scores are unreliable. */
  List<String> warnings() {
    return unseen.warnings();
  }
}
