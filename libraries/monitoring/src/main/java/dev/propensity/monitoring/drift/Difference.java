package dev.propensity.monitoring.drift;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one variable of a window differs from the rows that it is compared with.
 *
 * @param divergence of the known values
 * @param missing the difference of the share of empty cells
 * @param unseen the difference of the share of unseen values
 */
record Difference(
    Variable variable,
    ColumnCounts before,
    ColumnCounts window,
    Divergence divergence,
    double missing,
    double unseen) {

  /** Empty if the window does not have the variable. */
  static Optional<Difference> of(
      Comparison comparison, Variable variable, @Nullable WindowCounts window) {
    ColumnCounts counts = window == null ? null : variable.in(window);
    if (window == null || counts == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Difference(
            variable,
            comparison.before(variable),
            counts,
            comparison.divergence(variable, window),
            counts.missingShare() - comparison.missing(variable),
            counts.unseenShare() - comparison.unseen(variable)));
  }

  double effect() {
    return divergence.effect();
  }

  /**
   * Whether the difference is as large as this, and more than windows vary that vary by {@link
   * Levels#OVERDISPERSION} times what chance does, all in one direction: windows that usual effects
   * have moved far must not be left out of the reference, or it would show too little variation.
   *
   * @param least effect, and difference of a share
   * @param level the probability that a quiet window differs as much
   */
  boolean isAtLeast(double least, double level) {
    return effect() >= least && divergence.pearson().pValueOneWay(Levels.OVERDISPERSION) < level
        || share() >= Math.max(least, Levels.share(window.rows(), 1));
  }

  /** The larger difference of the two shares. */
  double share() {
    return Math.max(Math.abs(missing), Math.abs(unseen));
  }

  Reason.Kind kind() {
    return variable.isScore() ? Reason.Kind.SCORE : Reason.Kind.COLUMN;
  }
}
