package dev.propensity.dataset.specification;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.table.ColumnName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as its file {@code datasets/<name>.yaml} describes it: everything specific to it.
 *
 * @param schedule when it is trained, as Airflow writes it; null for no schedule
 * @param identifier the identifier's column; {@value RowSchema#ROW_NUMBER} where rows are
 *     identified by their number
 * @param decimal the decimal sign of numbers, "." or ","; null where it is detected
 * @param missingValues words that mean a missing value in every column, beside the empty cell
 * @param columns the feature columns in the file's order, including those that are not features
 * @param learner the learner that is used unless a run names another
 * @param parameters by learner, what differs from the learner's defaults
 * @param submission the file format of a competition; null where there is none
 * @param capture what endpoints capture of the rows that they score; null for nothing
 * @param contact who is contacted regardless of the score, and who is not
 * @param monitor how captured rows are monitored
 * @param outcomes how outcomes become labels; null where the specification has no such section
 */
public record DatasetSpec(
    String name,
    String title,
    String source,
    @Nullable String schedule,
    String identifier,
    Label label,
    @Nullable String decimal,
    List<String> missingValues,
    List<Column> columns,
    SplitRule split,
    String learner,
    Map<String, JsonNode> parameters,
    ReleaseRule release,
    Offer offer,
    ContactRule contact,
    InvalidRows invalidRows,
    @Nullable Submission submission,
    @Nullable CaptureRule capture,
    MonitorRule monitor,
    @Nullable OutcomeRule outcomes) {

  /** The label column and its two values. */
  public record Label(String column, String positive, String negative) {}

  /**
   * The conditions for a model's release.
   *
   * @param minimumAuc the ROC AUC on the test split that is required
   * @param minimumPositives the required number of positive test rows
   * @param calibrationTolerance how far the mean score may be from the base rate, as a share of it,
   *     beyond sampling error
   * @param margin how far below 0 the lower bound of the 95% interval of the difference in AUC to
   *     the champion may be
   * @param logLossMargin how far above 0 the upper bound of the 95% interval of the difference in
   *     log loss to the champion may be, in nats
   */
  public record ReleaseRule(
      double minimumAuc,
      int minimumPositives,
      double calibrationTolerance,
      double margin,
      double logLossMargin) {}

  /**
   * Gain and cost of an offer, in one currency.
   *
   * @param gain of a customer who takes it
   * @param cost of each contact
   */
  public record Offer(double gain, double cost, String currency) {}

  /**
   * @param quarantineUpTo the share of invalid rows up to which they are quarantined; 0 fails on
   *     any
   */
  public record InvalidRows(double quarantineUpTo) {
    /** The advice where more rows are invalid. */
    public String advice() {
      return quarantineUpTo == 0
          ? "fix them, or set invalid_rows.quarantine_up_to to quarantine a share of the rows"
          : "more than invalid_rows.quarantine_up_to allows: " + quarantineUpTo;
    }
  }

  /**
   * The columns of a competition's file: of each row its identifier and what is predicted.
   *
   * @param prediction the name of the second column
   */
  public record Submission(String identifier, String prediction, Value value) {
    /** The content of the second column. */
    public enum Value {
      /** The probability of a positive label. */
      @JsonProperty("score")
      SCORE,
      /** The label's word. */
      @JsonProperty("label")
      LABEL
    }
  }

  /**
   * Parses a specification.
   *
   * @param yaml its text
   * @param where the file's name, for errors
   * @throws dev.propensity.foundation.UserException that lists every error with its line
   */
  public static DatasetSpec parse(String yaml, String where) {
    return SpecParser.parse(yaml, where);
  }

  /** The column of this name, as names are compared; null where the specification lists none. */
  public @Nullable Column column(String name) {
    return columns.stream()
        .filter(column -> ColumnName.same(column.name(), name))
        .findFirst()
        .orElse(null);
  }

  /**
   * A section as JSON with its defaults filled in, for a computation's parameters: {@code
   * identifier}, {@code label}, {@code features}, {@code split}, {@code release}, {@code offer},
   * {@code contact} (the other keys of the section {@code offer}), {@code invalid_rows}, {@code
   * monitor}, {@code title}, {@code submission} and {@code outcomes} (null where there is none).
   */
  public JsonNode section(String section) {
    Object value =
        switch (section) {
          case "title" -> title;
          case "identifier" -> identifier;
          case "label" -> label;
          case "decimal" -> decimal;
          case "features" -> columns.stream().map(ColumnJson::of).toList();
          case "split" -> split;
          case "release" ->
              Map.of(
                  "minimum_auc", release.minimumAuc(),
                  "minimum_positives", release.minimumPositives(),
                  "calibration_tolerance", release.calibrationTolerance(),
                  "margin", release.margin(),
                  "log_loss_margin", release.logLossMargin());
          case "offer" -> offer;
          case "contact" -> contact;
          case "invalid_rows" -> Map.of("quarantine_up_to", invalidRows.quarantineUpTo());
          case "submission" -> submission;
          case "monitor" -> monitor;
          case "outcomes" -> outcomes;
          default -> throw new IllegalArgumentException("no section " + section);
        };
    return CanonicalJson.mapper().valueToTree(value);
  }
}
