package dev.propensity.monitoring.drift;

import dev.propensity.dataset.specification.MonitorRule;
import java.time.Duration;

/** How large changes must be, and how unlikely. */
public final class Levels {
  /** The effect of an alarm, PSI*. */
  static final double EFFECT = 0.02;

  /** The difference of a share that is an alarm. */
  static final double SHARE = 0.01;

  /** Until the reference is complete: the effect, or the difference of a share, in two windows. */
  static final double LEARNING = 0.1;

  /** Notices are of effects at least this part of an alarm's. */
  static final double NOTICE = 0.5;

  /** By this factor the number of rows must differ. */
  static final double VOLUME = 1.25;

  /**
   * By what windows vary more than chance, before the reference shows it: twice, as campaigns and
   * weekdays easily do.
   */
  static final double OVERDISPERSION = 2;

  /** The share of rejected rows that is an alarm where there are no limits. */
  static final double REJECTED = 0.5;

  // A share's difference is of at least so many rows.
  private static final double ROWS = 5;

  private Levels() {}

  /** The probability of a false alarm in one of the rule's windows. */
  static double perWindow(MonitorRule rule) {
    Duration length =
        switch (rule.window()) {
          case HOUR -> Duration.ofHours(1);
          case DAY -> Duration.ofDays(1);
          case WEEK -> Duration.ofDays(7);
        };
    return perWindow(rule, length);
  }

  /**
   * The probability of a false alarm in one window of another length: in windows of a week, too,
   * there is one in {@code false_alarm_days}.
   *
   * @return at most 0.5
   */
  public static double perWindow(MonitorRule rule, Duration length) {
    double windowsPerDay = (double) Duration.ofDays(1).toMillis() / length.toMillis();
    return Math.min(0.5, 1 / (rule.falseAlarmDays() * windowsPerDay));
  }

  /**
   * The smallest difference of a share that counts.
   *
   * @param part of an alarm's
   */
  static double share(long rows, double part) {
    return part * Math.max(SHARE, ROWS / Math.max(1, rows));
  }
}
