package dev.propensity.tasks.collect;

import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.profile.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Option;

/** The option that chooses the window. */
final class WindowOption {
  private static final String CURRENT = "current";

  /** How long after its end a window is closed: the time in which segments are uploaded. */
  private static final Duration WATERMARK = Duration.ofHours(2);

  @Option(
      names = "--window",
      required = true,
      paramLabel = "WINDOW",
      description = {
        "The window in UTC: a day (2026-11-29), an hour (2026-11-29T13) or a week (2026-W48). It is"
            + " closed 2 hours after its end. Or current, for the rows of the window that has not"
            + " ended, of the length that the specification's monitor section sets."
      })
  private String text;

  /**
   * The window.
   *
   * @param length that of the current one
   * @throws UserException if it is not closed
   */
  TimeWindow window(MonitorRule.Window length, Instant now) {
    if (text.equals(CURRENT)) {
      TimeWindow current = TimeWindow.containing(now, length);
      // A window has at least one second, also at its very start.
      Instant end = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
      return current.until(end);
    }
    TimeWindow window = TimeWindow.parse(text);
    Instant closed = window.to().plus(WATERMARK);
    if (now.isBefore(closed)) {
      throw new UserException(
          "the window "
              + window
              + " "
              + state(window, now)
              + ": it can be collected from "
              + closed
              + " on, when its last segments are uploaded; for the rows of the current window, use"
              + " --window=current");
    }
    return window;
  }

  private static String state(TimeWindow window, Instant now) {
    if (now.isBefore(window.from())) {
      return "has not begun";
    }
    return now.isBefore(window.to()) ? "has not ended" : "ended at " + window.to();
  }
}
