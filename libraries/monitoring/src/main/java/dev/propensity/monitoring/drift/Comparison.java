package dev.propensity.monitoring.drift;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a window's distributions are compared with: the rows of the reference together; until there
 * is one, those of the baseline.
 *
 * @param pool the rows of the reference; null to compare with the baseline
 * @param bins of each variable that is compared
 */
record Comparison(
    BaselineCounts baseline, @Nullable WindowCounts pool, Map<Variable, RankedBins> bins) {

  static Comparison of(BaselineCounts baseline, @Nullable WindowCounts pool, WindowCounts any) {
    return new Comparison(
        baseline,
        pool,
        Variable.of(baseline, pool == null ? any : pool).stream()
            .collect(
                Collectors.toMap(Function.identity(), one -> RankedBins.of(one.in(baseline)))));
  }

  /** The comparison with the rest of the reference. */
  Comparison without(List<WindowCounts> part) {
    WindowCounts rest = pool == null ? null : pool.minus(WindowCounts.sum(part));
    return new Comparison(baseline, rest, bins);
  }

  /** The variables that both have. */
  List<Variable> variables(WindowCounts window) {
    return Variable.of(baseline, window).stream().filter(bins::containsKey).toList();
  }

  ColumnCounts before(Variable variable) {
    ColumnCounts counts = pool == null ? null : variable.in(pool);
    return counts == null ? variable.in(baseline).counts() : counts;
  }

  /** How the window differs. */
  Divergence divergence(Variable variable, WindowCounts window) {
    return Divergence.of(before(variable), variable.in(window), bins(variable).order());
  }

  /** How the window differs from the training rows. */
  Divergence fromTraining(Variable variable, WindowCounts window) {
    return Divergence.of(
        variable.in(baseline).counts(), variable.in(window), bins(variable).order());
  }

  double missing(Variable variable) {
    return before(variable).missingShare();
  }

  double unseen(Variable variable) {
    return pool == null ? variable.in(baseline).expectedUnseen() : before(variable).unseenShare();
  }

  /** The variable's bins in order. */
  RankedBins bins(Variable variable) {
    RankedBins found = bins.get(variable);
    if (found == null) {
      throw new IllegalArgumentException("not compared: " + variable.name());
    }
    return found;
  }
}
