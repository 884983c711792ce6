package dev.propensity.monitoring.drift;

import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.MonitorRule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Days of a table with the columns age, channel and licence, monitored as the task does. Counts are
 * the expected ones, moved by a few rows from day to day.
 */
final class Simulation {
  static final MonitorRule RULE = new MonitorRule(MonitorRule.Window.DAY, 90, 100);
  private static final Instant FIRST = Instant.parse("2026-01-05T00:00:00Z");
  private static final Subject SUBJECT =
      new Subject("insurance", "sha256:1", "2026-01-05", List.of(), List.of());

  private final BaselineCounts baseline;
  private final List<WindowCounts> windows = new ArrayList<>();
  private final List<History.Past> past = new ArrayList<>();
  private Monitoring last;

  Simulation() {
    Map<String, BaselineColumn> columns = new TreeMap<>();
    columns.put("age", column(ColumnKind.NUMBER, null, 0, even(10, 1000)));
    columns.put(
        "channel",
        column(
            ColumnKind.CATEGORY,
            new long[] {400, 900, 200, 0},
            1,
            new long[] {4000, 3000, 2999, 1}));
    columns.put("licence", column(ColumnKind.BOOLEAN, null, 0, new long[] {5000, 5000}));
    baseline = new BaselineCounts(columns, even(20, 200));
  }

  private static BaselineColumn column(
      ColumnKind kind, long[] positives, long singletons, long[] bins) {
    return new BaselineColumn(kind, new ColumnCounts(bins, 0, 0), positives, singletons);
  }

  static long[] even(int bins, long count) {
    long[] counts = new long[bins];
    Arrays.fill(counts, count);
    return counts;
  }

  /** A quiet day of about 2,000 rows. */
  static WindowCounts quiet(int day) {
    Map<String, ColumnCounts> columns = new TreeMap<>();
    columns.put("age", counts(moved(even(10, 200), day)));
    columns.put("channel", counts(moved(new long[] {800, 600, 600, 0}, day)));
    columns.put("licence", counts(moved(even(2, 1000), day)));
    return new WindowCounts(
        FIRST.plus(day, ChronoUnit.DAYS), 2000, 2000, day % 3, columns, moved(even(20, 100), day));
  }

  // Some rows of one bin are in the next: another bin and number each day.
  private static long[] moved(long[] counts, int day) {
    for (int i = 0; i < 3; i++) {
      int from = (7 * day + 3 * i) % (counts.length - 1);
      int rows = (day * day + 5 * i) % 17 - 8;
      counts[from] += counts[from] == 0 || counts[from + 1] == 0 ? 0 : rows;
      counts[from + 1] -= counts[from] == 0 || counts[from + 1] == 0 ? 0 : rows;
    }
    return counts;
  }

  static ColumnCounts counts(long... bins) {
    return new ColumnCounts(bins, 0, 0);
  }

  /** The window with another column. */
  static UnaryOperator<WindowCounts> with(String name, ColumnCounts counts) {
    return window -> {
      Map<String, ColumnCounts> columns = new TreeMap<>(window.columns());
      columns.put(name, counts);
      return new WindowCounts(
          window.start(),
          window.rows(),
          window.answered(),
          window.rejected(),
          columns,
          window.scores());
    };
  }

  /** The window with so many rows answered and rejected. */
  static UnaryOperator<WindowCounts> rows(long rows, long answered, long rejected) {
    return window ->
        new WindowCounts(
            window.start(), rows, answered, rejected, window.columns(), window.scores());
  }

  /** The window with other scores. */
  static UnaryOperator<WindowCounts> scores(long... scores) {
    return window ->
        new WindowCounts(
            window.start(),
            window.rows(),
            window.answered(),
            window.rejected(),
            window.columns(),
            scores);
  }

  BaselineCounts baseline() {
    return baseline;
  }

  Simulation quietDays(int days) {
    return days(days, UnaryOperator.identity());
  }

  Simulation days(int days, UnaryOperator<WindowCounts> change) {
    for (int day = 0; day < days; day++) {
      last = evaluate(change.apply(quiet(windows.size())));
      past.add(new History.Past(last.verdict(), false, last.state().referable()));
    }
    return this;
  }

  /** Lets a person accept the last windows, whatever their verdict. */
  Simulation accept(int count) {
    int from = windows.size() - count;
    windows.subList(0, from).clear();
    past.clear();
    for (int i = 0; i < count; i++) {
      past.add(new History.Past(Verdict.ALARM, true, false));
    }
    return this;
  }

  private Monitoring evaluate(WindowCounts window) {
    History history = History.of(past);
    boolean accepted = past.stream().anyMatch(History.Past::accepted);
    DriftRule rule = new DriftRule(RULE, baseline, of(history.reference()), accepted);
    Monitoring result = rule.evaluate(SUBJECT, of(history.since()), window);
    windows.add(window);
    return result;
  }

  private List<WindowCounts> of(List<Integer> places) {
    return places.stream().map(windows::get).toList();
  }

  /** The last window's result. */
  Monitoring result() {
    return last;
  }

  Verdict verdict() {
    return last.verdict();
  }

  List<String> reasons() {
    return last.reasons().stream().map(Reason::text).toList();
  }
}
