package dev.propensity.monitoring.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/** What the drift rule decides about a window. */
public enum Verdict {
  /** As the windows before. */
  @JsonProperty("quiet")
  QUIET("quiet"),
  /** This window differs by more than chance, but not for long or not by much. */
  @JsonProperty("notice")
  NOTICE("notice"),
  /** Something is broken, or has changed for longer than windows usually vary. */
  @JsonProperty("alarm")
  ALARM("alarm"),
  /** The reference is not complete. */
  @JsonProperty("learning")
  LEARNING("learning"),
  /** Fewer rows than a verdict needs. */
  @JsonProperty("too few rows")
  TOO_FEW_ROWS("too few rows"),
  /** Nothing was captured. */
  @JsonProperty("no rows")
  NO_ROWS("no rows");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** The verdict in words, as in {@code monitoring.json}. */
  public String text() {
    return text;
  }

  /** The verdict of these words. */
  public static Verdict parse(String text) {
    return Arrays.stream(values())
        .filter(verdict -> verdict.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no verdict '" + text + "'"));
  }

  /** Whether the window had enough rows to be compared. */
  public boolean isCompared() {
    return this != TOO_FEW_ROWS && this != NO_ROWS;
  }
}
