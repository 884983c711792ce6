package dev.propensity.tasks.performance;

import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.performance.OutcomeJoin;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.task.TimeOption;
import java.time.Instant;
import picocli.CommandLine.Option;

/** The options that choose the window, and the time as of which its outcomes are joined. */
final class WindowOption {
  @Option(
      names = "--window",
      required = true,
      paramLabel = "WINDOW",
      description = {
        "The window of the scores in UTC: a day (2026-10-29), an hour (2026-10-29T13) or a week"
            + " (2026-W44). Its outcomes are complete outcomes.horizon_days after its end."
      })
  private String text;

  @Option(
      names = "--now",
      paramLabel = "TIME",
      description = "Outcomes that were received later do not count, by ISO 8601 (default: now).")
  private String now = "";

  /** The time as of which outcomes are joined. */
  Instant now() {
    return TimeOption.parse("--now", now);
  }

  /**
   * The window.
   *
   * @throws UserException if its outcomes are not complete
   */
  TimeWindow window(int horizonDays) {
    TimeWindow window = TimeWindow.parse(text);
    Instant mature = OutcomeJoin.maturity(window.to(), horizonDays);
    if (now().isBefore(mature)) {
      throw new UserException(
          "the outcomes of "
              + window
              + " are not complete: customers have "
              + horizonDays
              + " days to respond (outcomes.horizon_days); run it from "
              + mature
              + " on");
    }
    return window;
  }
}
