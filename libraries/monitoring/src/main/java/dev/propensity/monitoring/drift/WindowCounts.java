package dev.propensity.monitoring.drift;

import dev.propensity.model.Baseline;
import dev.propensity.model.ColumnBaseline;
import dev.propensity.monitoring.profile.ColumnProfile;
import dev.propensity.monitoring.profile.Profile;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Counts of one window of captured rows, in the bins of the model's baseline.
 *
 * @param start when the window begins
 * @param rows captured rows
 * @param answered rows that were answered, captured or not
 * @param rejected rows that were not answered because a cell breaks a rule
 * @param columns the captured columns by name; columns that are not captured are absent
 * @param scores rows by the baseline's score bins; all 0 if another model answered
 */
public record WindowCounts(
    Instant start,
    long rows,
    long answered,
    long rejected,
    Map<String, ColumnCounts> columns,
    long[] scores) {

  /**
   * The counts of a profile.
   *
   * @param baseline of the model whose bins the profile has
   */
  public static WindowCounts of(Profile profile, Baseline baseline) {
    Map<String, ColumnCounts> columns = new TreeMap<>();
    profile
        .columns()
        .forEach(
            (name, column) -> {
              ColumnBaseline trained = baseline.columns().get(name);
              if (trained != null) {
                columns.put(name, counts(column, trained));
              }
            });
    return new WindowCounts(
        profile.window().from(),
        profile.rows(),
        profile.traffic().answered(),
        profile.traffic().rejectedRows(),
        columns,
        profile.scores().bins());
  }

  private static ColumnCounts counts(ColumnProfile column, ColumnBaseline trained) {
    long[] bins = column.bins();
    if (bins == null) {
      Map<String, Long> values = Objects.requireNonNull(column.values());
      bins =
          Objects.requireNonNull(trained.values()).keySet().stream()
              .mapToLong(value -> values.getOrDefault(value, 0L))
              .toArray();
    }
    return new ColumnCounts(bins, column.missing(), column.unseen());
  }

  /** The counts of several windows, with the start of the first; of columns that all have. */
  static WindowCounts sum(Collection<WindowCounts> windows) {
    return windows.stream().reduce(WindowCounts::plus).orElseThrow();
  }

  private WindowCounts plus(WindowCounts other) {
    return combined(other, 1, ColumnCounts::plus);
  }

  /** The counts without those of windows that are part of it. */
  WindowCounts minus(WindowCounts part) {
    return combined(part, -1, ColumnCounts::minus);
  }

  private WindowCounts combined(
      WindowCounts other, int sign, BinaryOperator<ColumnCounts> operation) {
    Map<String, ColumnCounts> both = new TreeMap<>();
    columns.forEach(
        (name, counts) -> {
          ColumnCounts others = other.columns.get(name);
          if (others != null) {
            both.put(name, operation.apply(counts, others));
          }
        });
    ColumnCounts own = new ColumnCounts(scores, 0, 0);
    return new WindowCounts(
        start,
        rows + sign * other.rows,
        answered + sign * other.answered,
        rejected + sign * other.rejected,
        both,
        operation.apply(own, new ColumnCounts(other.scores, 0, 0)).bins());
  }

  /** The share of rejected rows among those that were sent; 0 if none was. */
  double rejectedShare() {
    return answered + rejected == 0 ? 0 : (double) rejected / (answered + rejected);
  }
}
