package dev.propensity.monitoring.drift;

import dev.propensity.model.metric.Significance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test whether one value of a window differs by more than windows vary: only a notice.
 *
 * @param share of the window; 0 if it is no test of a share
 * @param effect PSI*, or the difference of the share
 * @param p by the variation between the windows of the reference; until it is complete, by
 *     Pearson's test with {@link Levels#OVERDISPERSION}, or for a share by chance
 * @param holm p, corrected for the number of tests of the window
 */
record WindowTest(
    ChartType type, Difference difference, double share, double effect, double p, double holm) {

  /**
   * All tests of a window.
   *
   * @param limits null until the reference is complete
   */
  static List<WindowTest> of(
      List<Difference> differences, @Nullable Limits limits, WindowCounts window) {
    List<WindowTest> tests = new ArrayList<>();
    for (Difference one : differences) {
      double p = one.divergence().pearson().pValue(Levels.OVERDISPERSION);
      tests.add(test(ChartType.DISTANCE, one, 0, one.effect(), p, limits, window));
      if (!one.variable().isScore()) {
        ColumnCounts counts = one.window();
        double missing = counts.missingShare();
        double unseen = counts.unseenShare();
        p = chance(missing, one.missing(), counts.rows());
        tests.add(test(ChartType.MISSING, one, missing, one.missing(), p, limits, window));
        if (counts.unseen() > 0) {
          p = chance(unseen, one.unseen(), counts.known() + counts.unseen());
          tests.add(test(ChartType.UNSEEN, one, unseen, one.unseen(), p, limits, window));
        }
      }
    }
    double[] holm = Significance.holm(tests.stream().map(WindowTest::p).toList());
    List<WindowTest> corrected = new ArrayList<>();
    for (int i = 0; i < holm.length; i++) {
      WindowTest one = tests.get(i);
      corrected.add(
          new WindowTest(one.type, one.difference, one.share, one.effect, one.p, holm[i]));
    }
    return corrected;
  }

  private static WindowTest test(
      ChartType type,
      Difference difference,
      double share,
      double effect,
      double byChance,
      @Nullable Limits limits,
      WindowCounts window) {
    double p = byChance;
    if (limits != null) {
      ChartKey key = new ChartKey(type, difference.variable());
      ReferenceStatistics reference = limits.statistics().get(key);
      Point point = limits.point(key, window);
      if (reference != null && point != null) {
        p = type == ChartType.DISTANCE ? reference.pAbove(point) : reference.pBeyond(point);
      }
    }
    return new WindowTest(type, difference, share, effect, p, 1);
  }

  private static double chance(double share, double change, long rows) {
    double usual = share - change + 0.5 / Math.max(1, rows);
    return rows == 0 || change == 0
        ? 1
        : Significance.pValue(
            change / StrictMath.sqrt(Math.min(usual, 0.5) * Math.max(1 - usual, 0.5) / rows));
  }

  /** Whether the difference is unlikely, and not only so because there are many rows. */
  boolean isNotable() {
    double least =
        type.isShare()
            ? Levels.share(difference.window().rows(), Levels.NOTICE)
            : Levels.EFFECT * Levels.NOTICE;
    return holm <= Significance.LEVEL && Math.abs(effect) >= least;
  }
}
