package dev.propensity.monitoring.drift;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chart over the windows that a window is compared with, and that window itself.
 *
 * @param column null for the charts of the score, of rejected rows and of the volume
 * @param center the mean of the reference; null until it is complete
 * @param values by window, in their order; a window without a value is left out
 */
public record ChartHistory(
    ChartType chart,
    @Nullable String column,
    Reason.Kind kind,
    @Nullable Double center,
    List<Value> values) {

  /**
   * A window's value.
   *
   * @param start when the window begins
   * @param reference whether the limits are computed from this window
   * @param average null for windows of the reference
   */
  public record Value(Instant start, boolean reference, double value, @Nullable Average average) {}

  /**
   * The average at a window, and what it is compared with.
   *
   * @param low null where only values above the center count
   * @param beyond whether it is beyond a limit
   */
  public record Average(double value, @Nullable Double low, double high, boolean beyond) {}
}
