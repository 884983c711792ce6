package dev.propensity.dataset.specification;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.propensity.table.ColumnName;
import java.time.LocalDate;

/**
 * A row's date assigns it to its split. Validation rows are those from {@code validationFrom} on,
 * test rows those from {@code testFrom} on, and train rows those before. The rows of the last
 * {@code gap} days before either date are in no split: when a model is trained, the labels of such
 * rows may not be known yet, or their features overlap those of the rows that it is evaluated on.
 *
 * @param time the column with the date
 * @param gap in days, from 0
 */
public record TimeSplit(
    String time,
    @JsonProperty("validation_from") @JsonSerialize(using = ToStringSerializer.class)
        LocalDate validationFrom,
    @JsonProperty("test_from") @JsonSerialize(using = ToStringSerializer.class) LocalDate testFrom,
    int gap)
    implements SplitRule {
  private static final long SEED = 1;

  @JsonCreator
  static TimeSplit parse(
      @JsonProperty("time") String time,
      @JsonProperty("validation_from") String validationFrom,
      @JsonProperty("test_from") String testFrom,
      @JsonProperty("gap") int gap) {
    return new TimeSplit(time, LocalDate.parse(validationFrom), LocalDate.parse(testFrom), gap);
  }

  /** The day after the last one of the train rows. */
  public LocalDate trainUntil() {
    return validationFrom.minusDays(gap);
  }

  /** The day after the last one of the validation rows: of all rows that a model is trained on. */
  public LocalDate validationUntil() {
    return testFrom.minusDays(gap);
  }

  @Override
  public long seed() {
    return SEED;
  }

  @Override
  public String column() {
    return time;
  }

  @Override
  public String description() {
    return "time "
        + time
        + ", validation from "
        + validationFrom
        + ", test from "
        + testFrom
        + ", gap "
        + days();
  }

  @Override
  public String sentence() {
    return "A row's split follows from its date in `"
        + time
        + "`: validation rows are from "
        + validationFrom
        + " on, test rows from "
        + testFrom
        + " on"
        + (gap == 0 ? "." : ", and the " + days() + " before either date are left out.");
  }

  @Override
  public String sentenceWithoutValidation() {
    return "They are the rows with a date in `"
        + time
        + "` before "
        + validationUntil()
        + "; test rows are from "
        + testFrom
        + " on.";
  }

  /** The gap with its unit. */
  public String days() {
    return gap + (gap == 1 ? " day" : " days");
  }

  /** Whether training ended before the other's test rows begin, by the same column. */
  @Override
  public boolean trainsOutsideTestOf(SplitRule other) {
    return other instanceof TimeSplit later
        && ColumnName.same(later.time, time)
        && !validationUntil().isAfter(later.testFrom);
  }
}
