package dev.propensity.model.prediction;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.rows.result.UnseenCategories;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.metric.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The report of a prediction: {@code predictions.json}.
 *
 * @param schema the version of this document's form
 * @param models how many models' scores were averaged
 * @param rows of the table
 * @param predicted rows that have a score
 * @param rejected rows that were quarantined, by the rule that they break; {@code refused} in
 *     documents of earlier versions
 * @param csv how the table is written: separator, decimal sign, byte order mark; null in documents
 *     of earlier versions
 * @param numbered whether rows are identified by their number, since the table has no identifiers
 * @param duplicates rows whose identifier an earlier one has
 * @param unseen by column, rows whose category is not in the training data
 * @param doubtful the columns of which so many rows are unseen that the scores are doubtful; empty
 *     in documents of earlier versions
 * @param lookAlikes by column and unseen category, the known one that it resembles; at most ten a
 *     column
 * @param positive rows whose score reaches the threshold
 * @param contacts who is to be contacted; null where the score alone decides
 * @param threshold the score from which a row's label is 1
 * @param meanScore of the rows predicted; 0 where there are none
 * @param forecast of contacting the rows whose score reaches the threshold, or those of {@code
 *     contacts}; null if scores are doubtful, and by several models or one without a calibration
 *     line
 * @param scores how many rows have a score in each of 20 bins of equal width; a score on an edge
 *     belongs to the upper bin
 */
public record PredictionReport(
    int schema,
    int models,
    long rows,
    long predicted,
    @JsonAlias("refused") SortedMap<String, Long> rejected,
    @JsonInclude(JsonInclude.Include.NON_NULL) String csv,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean numbered,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long duplicates,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, Long> unseen,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> doubtful,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("look_alikes")
        SortedMap<String, SortedMap<String, String>> lookAlikes,
    long positive,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Contacts contacts,
    double threshold,
    @JsonProperty("mean_score") double meanScore,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Forecast forecast,
    long[] scores) {
  /** The document's name. */
  public static final String FILE = "predictions.json";

  static final int SCHEMA = 1;

  /**
   * The rows by what the specification's {@code offer.explore} and {@code offer.control} say.
   *
   * @param contacted rows to be contacted
   * @param explore of them, those that are contacted whatever their score
   * @param control rows that are not contacted whatever their score
   */
  public record Contacts(long contacted, long explore, long control) {}

  /**
   * What to expect of contacting the selected rows, with 95% intervals.
   *
   * @param positives how many of them will be positive
   * @param profit in this currency
   */
  public record Forecast(Interval positives, Interval profit, String currency) {

    /** The forecast as a sentence. */
    public String text() {
      return String.format(
          Locale.ROOT,
          "expected of the selected rows: %,.0f positive (95%%: %,.0f to %,.0f), a profit of %,.0f%s"
              + " (95%%: %,.0f to %,.0f)",
          positives.value(),
          positives.low(),
          positives.high(),
          profit.value(),
          currency.isEmpty() ? "" : " " + currency,
          profit.low(),
          profit.high());
    }
  }

  public PredictionReport {
    unseen = unseen == null ? Collections.emptySortedMap() : unseen;
    doubtful = doubtful == null ? List.of() : List.copyOf(doubtful);
    lookAlikes = lookAlikes == null ? Collections.emptySortedMap() : lookAlikes;
  }

  /**
   * The rows that have no score, and the columns of which so many rows are unseen that the scores
   * are doubtful, a line each.
   */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (predicted < rows) {
      warnings.add(DataReport.quarantineWarning(rows - predicted, rows, rejected));
    }
    UnseenCategories categories = new UnseenCategories();
    categories.add(unseen, lookAlikes);
    categories.addRows(predicted);
    warnings.addAll(categories.warnings());
    return warnings;
  }

  /**
   * Reads the document, in which members are left out that have their default.
   *
   * @param where its URI, for errors
   */
  public static PredictionReport parse(byte[] json, String where) {
    ObjectNode document = CanonicalJson.read(json, ObjectNode.class, where);
    if (!document.has("numbered")) {
      document.put("numbered", false);
    }
    if (!document.has("duplicates")) {
      document.put("duplicates", 0);
    }
    return CanonicalJson.read(CanonicalJson.bytes(document), PredictionReport.class, where);
  }
}
