package dev.propensity.monitoring.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a window compares with the windows before: {@code monitoring.json}. Numbers are rounded to
 * six significant digits.
 *
 * @param schema the version of this document's form
 * @param name of the dataset, with origin
 * @param model the digest of the model
 * @param reasons of an alarm or a notice, the most urgent first
 * @param retraining whether an alarm is one that starts retraining: of the score, or a broken
 *     column
 * @param columns all compared columns, the largest effect first
 * @param scores the same of the scores; null if this model answered no rows
 * @param groups the scores of the groups of sensitive columns; empty in documents of earlier
 *     versions
 */
public record Monitoring(
    int schema,
    String name,
    String model,
    String window,
    Verdict verdict,
    List<Reason> reasons,
    @JsonProperty("next_step") String nextStep,
    boolean retraining,
    State state,
    List<Chart> charts,
    List<Column> columns,
    @Nullable Column scores,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Group> groups,
    Rows volume,
    Rows rejected,
    List<String> gaps,
    List<String> warnings) {
  /** The name of its file. */
  public static final String FILE = "monitoring.json";

  private static final MathContext DIGITS = new MathContext(6);

  /**
   * @param learning whether the reference is incomplete
   * @param windows how many windows the reference has
   * @param of how many it needs
   * @param referable whether this window may be part of a reference
   */
  public record State(boolean learning, int windows, int of, boolean referable) {}

  /**
   * A chart at this window.
   *
   * @param column null for the charts of the score, of rejected rows and of the volume
   * @param kind {@code column}, {@code score}, {@code rejected} or {@code volume}
   * @param value of this window; of the volume, the logarithm of its ratio to the expected one
   * @param ewma the average, which the limits are for
   * @param deviation the standard deviation of the reference's windows
   * @param effect PSI*, the difference of a share from the center, or the ratio of the volume
   * @param alarm whether the average is beyond a limit and the effect is large enough
   */
  public record Chart(
      ChartType chart,
      @Nullable String column,
      Reason.Kind kind,
      double value,
      double ewma,
      double center,
      double deviation,
      double low,
      double high,
      boolean beyond,
      double effect,
      boolean alarm) {
    /** Rounds the numbers. */
    public Chart {
      value = rounded(value);
      ewma = rounded(ewma);
      center = rounded(center);
      deviation = rounded(deviation);
      low = rounded(low);
      high = rounded(high);
      effect = rounded(effect);
    }
  }

  /**
   * A column, or the score.
   *
   * @param effect PSI* against the reference; until there is one, against the training rows
   * @param trainingEffect PSI* against the training rows
   * @param missing the share of empty cells
   * @param unseen the share of values that the training rows lack, among the cells that are not
   *     empty
   * @param baseline the training rows by bin
   * @param reference the rows of the reference by bin; null until there is one
   * @param bins the window's rows by bin
   * @param pearson the p-value of Pearson's test, as if rows were independent
   * @param p of a window that differs as much, by the variation of the reference's windows
   * @param holm the smallest p of the column's tests, corrected for the number of all tests
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Column(
      String name,
      String kind,
      double effect,
      @JsonProperty("training_effect") double trainingEffect,
      double missing,
      @JsonProperty("missing_expected") double missingExpected,
      double unseen,
      @JsonProperty("unseen_expected") double unseenExpected,
      long[] baseline,
      long @Nullable [] reference,
      long[] bins,
      double pearson,
      double p,
      double holm) {
    /** Rounds the numbers. */
    public Column {
      effect = rounded(effect);
      trainingEffect = rounded(trainingEffect);
      missing = rounded(missing);
      missingExpected = rounded(missingExpected);
      unseen = rounded(unseen);
      unseenExpected = rounded(unseenExpected);
      pearson = rounded(pearson);
      p = rounded(p);
      holm = rounded(holm);
    }
  }

  /**
   * The scores of a group: of the rows that this model answered.
   *
   * @param group the column's value, or what its numbers begin with; empty where it is missing
   * @param selectionRate the share of scores at or above the model's threshold
   * @param testMeanScore of the same group of the test rows; null where that is not known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Group(
      String column,
      String group,
      long rows,
      @JsonProperty("mean_score") double meanScore,
      @JsonProperty("selection_rate") double selectionRate,
      @JsonProperty("test_mean_score") @Nullable Double testMeanScore,
      @JsonProperty("test_selection_rate") @Nullable Double testSelectionRate) {
    /** Rounds the numbers. */
    public Group {
      meanScore = rounded(meanScore);
      selectionRate = rounded(selectionRate);
      testMeanScore = testMeanScore == null ? null : rounded(testMeanScore);
      testSelectionRate = testSelectionRate == null ? null : rounded(testSelectionRate);
    }
  }

  /**
   * A number of rows.
   *
   * @param rows of the window
   * @param expected by the reference; null until it is known
   */
  public record Rows(long rows, @Nullable Double expected) {
    /** Rounds the number. */
    public Rows {
      expected = expected == null ? null : rounded(expected);
    }
  }

  public Monitoring {
    groups = groups == null ? List.of() : groups;
  }

  /** The same with the scores of groups. */
  public Monitoring with(List<Group> scored) {
    return new Monitoring(
        schema,
        name,
        model,
        window,
        verdict,
        reasons,
        nextStep,
        retraining,
        state,
        charts,
        columns,
        scores,
        scored,
        volume,
        rejected,
        gaps,
        warnings);
  }

  /** The verdict with what it is about: {@code alarm (Age, Policy_Sales_Channel)}. */
  public String summary() {
    String subjects = String.join(", ", subjects());
    return subjects.isEmpty() ? verdict.text() : "%s (%s)".formatted(verdict.text(), subjects);
  }

  /**
   * What the verdict is about, each once: the columns, {@code score}, {@code volume}. Of an alarm,
   * without notices.
   */
  public List<String> subjects() {
    return reasons.stream()
        .filter(reason -> verdict != Verdict.ALARM || reason.level() == Reason.Level.ALARM)
        .map(Reason::subject)
        .distinct()
        .toList();
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }
}
