package dev.propensity.monitoring.drift;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Why a window is an alarm or a notice.
 *
 * @param subject the column, {@code score}, {@code volume} or {@code rejected rows}
 * @param size how large the change is, to order reasons of one kind
 * @param text in words, with the value and its limits
 */
public record Reason(Level level, Kind kind, String subject, double size, String text) {

  /** How much a reason counts. */
  public enum Level {
    @JsonProperty("alarm")
    ALARM,
    @JsonProperty("notice")
    NOTICE
  }

  /** What a reason is about, the most urgent first. */
  public enum Kind {
    /** A column that is not usable, or has another distribution in one window. */
    @JsonProperty("broken")
    BROKEN,
    @JsonProperty("score")
    SCORE,
    @JsonProperty("column")
    COLUMN,
    @JsonProperty("rejected")
    REJECTED,
    @JsonProperty("volume")
    VOLUME
  }
}
