package dev.propensity.dataset.specification;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * How the captured rows of a dataset are monitored.
 *
 * @param window the time whose rows are compared with those before
 * @param falseAlarmDays the mean number of quiet days between false alarms
 * @param minimumRows with fewer rows, a window gets no verdict
 */
public record MonitorRule(
    Window window,
    @JsonProperty("false_alarm_days") int falseAlarmDays,
    @JsonProperty("minimum_rows") int minimumRows) {
  private static final int MAX_DAYS = 36_500;

  /** A window's length; windows begin on the hour, at midnight or on Monday, in UTC. */
  public enum Window {
    @JsonProperty("hour")
    HOUR,
    @JsonProperty("day")
    DAY,
    @JsonProperty("week")
    WEEK
  }

  static MonitorRule of(YamlMapping section) {
    section.only("window", "false_alarm_days", "minimum_rows");
    String window = section.choice("window", "day", "hour", "day", "week");
    return new MonitorRule(
        window.isEmpty() ? Window.DAY : Window.valueOf(window.toUpperCase(Locale.ROOT)),
        (int)
            section.number(
                "false_alarm_days",
                90,
                x -> x == Math.rint(x) && x >= 1 && x <= MAX_DAYS,
                "a whole number from 1 to 36500"),
        (int)
            section.number(
                "minimum_rows",
                100,
                x -> x == Math.rint(x) && x >= 1 && x <= Integer.MAX_VALUE,
                "a whole number above 0"));
  }
}
