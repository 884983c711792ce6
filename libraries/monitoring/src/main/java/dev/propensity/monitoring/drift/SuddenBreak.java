package dev.propensity.monitoring.drift;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Changes of one window that are alarms at once, also while the reference is incomplete. */
final class SuddenBreak {
  /** From this effect on, a distribution is another one. */
  static final double LARGE = 0.25;

  private SuddenBreak() {}

  /**
   * What is broken.
   *
   * @param before the rows that the window is compared with
   * @param level the probability that chance makes a whole column so
   */
  static Optional<String> of(ColumnCounts before, ColumnCounts window, double level) {
    long rows = window.rows();
    if (rows == 0) {
      return Optional.empty();
    }
    if (window.missing() == rows && unlikely(before.missingShare(), rows, level)) {
      return Optional.of("all %s cells are empty".formatted(number(rows)));
    }
    long known = window.known();
    if (known == 0 && window.unseen() > 0) {
      return unlikely(before.unseenShare(), window.unseen(), level)
          ? Optional.of("all %s values are unknown to the model".formatted(number(window.unseen())))
          : Optional.empty();
    }
    int largest = 0;
    for (int bin = 0; bin < window.bins().length; bin++) {
      largest = window.bins()[bin] > window.bins()[largest] ? bin : largest;
    }
    if (known > 0 && window.unseen() == 0 && window.bins()[largest] == known) {
      double share =
          (double) before.bins()[largest] / Math.max(1, Arrays.stream(before.bins()).sum());
      if (unlikely(share, known, level)) {
        return Optional.of("all %s values are in one bin".formatted(number(known)));
      }
    }
    return Optional.empty();
  }

  // Whether all of so many rows are of this kind by a chance below the level. Windows vary more
  // than
  // chance does: as if they had fewer rows.
  private static boolean unlikely(double share, long rows, double level) {
    double independent = rows / Levels.OVERDISPERSION;
    return independent * StrictMath.log(Math.max(share, Double.MIN_NORMAL)) < StrictMath.log(level);
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
