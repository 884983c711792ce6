package dev.propensity.monitoring.drift;

import org.jspecify.annotations.Nullable;

/**
 * A chart.
 *
 * @param variable null for the charts of rejected rows and of the volume
 */
record ChartKey(ChartType type, @Nullable Variable variable) {

  /** The column that it is of; null for other charts. */
  @Nullable String column() {
    return variable == null || variable.isScore() ? null : variable.name();
  }

  /** What it is of. */
  Reason.Kind kind() {
    return switch (type) {
      case REJECTED -> Reason.Kind.REJECTED;
      case VOLUME -> Reason.Kind.VOLUME;
      default -> variable != null && variable.isScore() ? Reason.Kind.SCORE : Reason.Kind.COLUMN;
    };
  }
}
