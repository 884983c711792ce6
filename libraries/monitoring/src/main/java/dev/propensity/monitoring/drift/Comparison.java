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
 */
record Comparison(
    BaselineCounts baseline, @Nullable WindowCounts pool, Map<Variable, int[]> orders) {

  static Comparison of(BaselineCounts baseline, @Nullable WindowCounts pool, WindowCounts any) {
    return new Comparison(
        baseline,
        pool,
        Variable.of(baseline, pool == null ? any : pool).stream()
            .collect(Collectors.toMap(Function.identity(), one -> one.in(baseline).order())));
  }

  /** The variables that both have. */
  List<Variable> variables(WindowCounts window) {
    return Variable.of(baseline, window).stream().filter(orders::containsKey).toList();
  }

  ColumnCounts before(Variable variable) {
    ColumnCounts counts = pool == null ? null : variable.in(pool);
    return counts == null ? variable.in(baseline).counts() : counts;
  }

  /** How the window differs. */
  Divergence divergence(Variable variable, WindowCounts window) {
    return Divergence.of(before(variable), variable.in(window), order(variable));
  }

  /** How a window that is part of the pool differs from the others. */
  Divergence fromOthers(Variable variable, WindowCounts window) {
    ColumnCounts counts = variable.in(window);
    return counts == null
        ? Divergence.NONE
        : Divergence.of(before(variable).minus(counts), counts, order(variable));
  }

  /** How the window differs from the training rows. */
  Divergence fromTraining(Variable variable, WindowCounts window) {
    return Divergence.of(variable.in(baseline).counts(), variable.in(window), order(variable));
  }

  double missing(Variable variable) {
    return before(variable).missingShare();
  }

  double unseen(Variable variable) {
    return pool == null ? variable.in(baseline).expectedUnseen() : before(variable).unseenShare();
  }

  private int[] order(Variable variable) {
    return orders.getOrDefault(variable, new int[0]);
  }
}
