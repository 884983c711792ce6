package dev.propensity.monitoring.drift;

import dev.propensity.dataset.specification.MonitorRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a window differs from those before it.
 *
 * <ul>
 *   <li>Charts: one value a window (see {@link ChartType}), averaged with λ = 0.2. An average
 *       beyond its limits is an alarm if the window's effect is large enough, too. The limits come
 *       from the variation between the windows of the reference, so that on quiet days, one in
 *       {@code false_alarm_days} has an alarm of any chart, however many columns there are.
 *   <li>Sudden breaks of one window are alarms at once.
 *   <li>Until the reference is complete, large effects in two windows are, and half of the rows
 *       rejected; so they are in a window of too few rows.
 *   <li>A window that differs by more than windows vary is a notice.
 * </ul>
 *
 * <p>Distributions are compared with the rows of the reference, so that a person can accept a
 * change; until there is a reference, with the training rows.
 */
public final class DriftRule {
  private static final int SCHEMA = 1;

  private final MonitorRule rule;
  private final BaselineCounts baseline;
  private final int referenceSize;
  private final @Nullable WindowCounts pool;
  private final @Nullable Limits limits;

  /**
   * The rule with a reference.
   *
   * @param reference the windows that {@link History#reference} names, in their order
   * @param accepted whether a person accepted windows of it: then an incomplete reference replaces
   *     the training rows
   */
  public DriftRule(
      MonitorRule rule, BaselineCounts baseline, List<WindowCounts> reference, boolean accepted) {
    this.rule = rule;
    this.baseline = baseline;
    referenceSize = reference.size();
    boolean complete = referenceSize >= History.COMPLETE;
    pool = complete || accepted && referenceSize > 0 ? WindowCounts.sum(reference) : null;
    limits =
        complete && pool != null
            ? Limits.of(rule, Comparison.of(baseline, pool, pool), reference)
            : null;
  }

  /**
   * Decides on a window.
   *
   * @param since the windows that {@link History#since} names, in their order
   */
  public Monitoring evaluate(Subject subject, List<WindowCounts> since, WindowCounts window) {
    MonitoringBuilder result = new MonitoringBuilder(SCHEMA, rule, subject, window);
    result.state(limits == null, referenceSize);
    if (window.rows() < rule.minimumRows()) {
      return result.incomplete();
    }
    Comparison comparison =
        limits == null ? Comparison.of(baseline, pool, window) : limits.charts().comparison();
    List<Difference> differences =
        comparison.variables(window).stream()
            .flatMap(variable -> Difference.of(comparison, variable, window).stream())
            .toList();
    double level = Levels.perWindow(rule) / Math.max(1, differences.size());
    List<Reason> alarms = new ArrayList<>(breaks(differences, window, level));
    if (limits == null) {
      result.mostlyRejected().ifPresent(alarms::add);
    }
    boolean referable = alarms.isEmpty() && differences.stream().noneMatch(this::isLarge);
    if (limits == null) {
      WindowCounts before = since.isEmpty() ? null : since.get(since.size() - 1);
      alarms.addAll(learning(comparison, differences, before));
    } else {
      List<Monitoring.Chart> charts = ChartAlarms.charts(limits, since, window, differences);
      result.charts(charts, limits.volume(), pool);
      alarms.addAll(ChartAlarms.reasons(charts));
    }
    List<WindowTest> tests = WindowTest.of(differences, limits, window);
    result.columns(comparison, differences, tests);
    return result.decided(alarms, tests, referable);
  }

  /**
   * The charts over all these windows.
   *
   * @param reference as of the constructor
   * @param since as of {@link #evaluate}
   */
  public List<ChartHistory> histories(
      List<WindowCounts> reference, List<WindowCounts> since, WindowCounts window) {
    if (window.rows() < rule.minimumRows()) {
      return List.of();
    }
    if (limits == null) {
      List<WindowCounts> before =
          Stream.concat(reference.stream(), since.stream())
              .collect(Collectors.toMap(WindowCounts::start, one -> one, (a, b) -> a, TreeMap::new))
              .values()
              .stream()
              .toList();
      Comparison comparison = Comparison.of(baseline, pool, window);
      return ChartHistories.withoutLimits(comparison, before, window);
    }
    List<WindowCounts> after = Stream.concat(since.stream(), Stream.of(window)).toList();
    return ChartHistories.withLimits(limits, reference, after);
  }

  private List<Reason> breaks(List<Difference> differences, WindowCounts window, double level) {
    List<Reason> reasons = new ArrayList<>();
    for (Difference one : differences) {
      Optional<String> broken = SuddenBreak.of(one.before(), one.window(), level);
      String name = one.variable().name();
      Reason.Kind kind = one.variable().isScore() ? Reason.Kind.SCORE : Reason.Kind.BROKEN;
      if (broken.isPresent()) {
        reasons.add(new Reason(Reason.Level.ALARM, kind, name, 1, name + ": " + broken.get()));
      } else if (one.effect() >= SuddenBreak.LARGE && isUnusual(one, window, level)) {
        reasons.add(
            new Reason(Reason.Level.ALARM, kind, name, one.effect(), ReasonText.large(one)));
      }
    }
    return reasons;
  }

  // Small windows have large effects by chance.
  private boolean isUnusual(Difference difference, WindowCounts window, double level) {
    Variable variable = difference.variable();
    ChartKey key = new ChartKey(ChartType.DISTANCE, variable);
    ReferenceStatistics reference = limits == null ? null : limits.statistics().get(key);
    Point point = limits == null ? null : limits.point(key, window);
    return limits == null || reference == null || point == null
        ? difference.divergence().pearson().pValueOneWay(Levels.OVERDISPERSION)
            < Levels.perWindow(rule)
        : reference.pAbove(point) < level
            && difference.effect() >= limits.usualEffect(variable, level);
  }

  // What moves all columns at once does so in one window of many: the level is that of a window.
  private boolean isLarge(Difference difference) {
    return difference.isAtLeast(Levels.LEARNING, Levels.perWindow(rule));
  }

  private List<Reason> learning(
      Comparison comparison, List<Difference> differences, @Nullable WindowCounts before) {
    List<Reason> reasons = new ArrayList<>();
    for (Difference one : differences) {
      Difference.of(comparison, one.variable(), before)
          .filter(earlier -> isLarge(earlier) && isLarge(one))
          .ifPresent(
              earlier ->
                  reasons.add(
                      new Reason(
                          Reason.Level.ALARM,
                          one.kind(),
                          one.variable().name(),
                          Math.max(one.effect(), one.share()),
                          ReasonText.learning(one, earlier))));
    }
    return reasons;
  }
}
