package dev.propensity.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis of values with round ticks.
 *
 * @param low where it begins, a tick
 * @param high where it ends, a tick
 * @param step between ticks: 1, 2 or 5 times a power of ten
 */
record PlotAxis(double low, double high, double step) {
  /**
   * The smallest axis with all values.
   *
   * @param ticks about how many there are
   */
  static PlotAxis over(double lowest, double highest, int ticks) {
    double range = highest > lowest ? highest - lowest : Math.max(Math.abs(highest), 1) / 10;
    double power = StrictMath.pow(10, Math.floor(StrictMath.log10(range / ticks)));
    double step = power;
    for (int factor : new int[] {2, 5, 10}) {
      step = range / step > ticks ? power * factor : step;
    }
    return new PlotAxis(
        Math.floor(lowest / step) * step, Math.ceil((lowest + range) / step) * step, step);
  }

  /** The ticks, rising. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; low + i * step <= high + step / 2; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** Where a value is, from 0 at the low end to 1. */
  double place(double value) {
    return (value - low) / (high - low);
  }

  /** A tick's text, with as many decimals as the step needs. */
  String text(double tick) {
    int decimals = Math.max(0, (int) -Math.floor(StrictMath.log10(step) + 1e-9));
    return BigDecimal.valueOf(tick)
        .setScale(decimals, RoundingMode.HALF_UP)
        .toPlainString()
        .replaceFirst("^-(0(\\.0+)?)$", "$1");
  }

  /** A tick's text where values are shares. */
  String percent(double tick) {
    return new PlotAxis(100 * low, 100 * high, 100 * step).text(100 * tick) + "%";
  }
}
