package dev.propensity.monitoring.drift;

import dev.propensity.dataset.specification.MonitorRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the result of one window. */
final class MonitoringBuilder {
  private static final Comparator<Reason> MOST_URGENT_FIRST =
      Comparator.comparing(Reason::level)
          .thenComparing(Reason::kind)
          .thenComparing(Comparator.comparingDouble(Reason::size).reversed())
          .thenComparing(Reason::subject)
          .thenComparing(Reason::text);

  private final int schema;
  private final MonitorRule rule;
  private final Subject subject;
  private final WindowCounts window;
  private final List<Monitoring.Chart> charts = new ArrayList<>();
  private final List<Monitoring.Column> columns = new ArrayList<>();
  private Monitoring.@Nullable Column scores;
  private boolean learning;
  private int reference;
  private @Nullable Double volume;
  private @Nullable Double rejected;

  MonitoringBuilder(int schema, MonitorRule rule, Subject subject, WindowCounts window) {
    this.schema = schema;
    this.rule = rule;
    this.subject = subject;
    this.window = window;
  }

  void state(boolean isLearning, int windows) {
    learning = isLearning;
    reference = windows;
  }

  void charts(List<Monitoring.Chart> found, @Nullable Volume usual, @Nullable WindowCounts pool) {
    charts.addAll(found);
    Point deviation = usual == null ? null : usual.point(window);
    volume = deviation == null ? null : window.answered() / Volume.factor(deviation);
    rejected = pool == null ? null : pool.rejectedShare() * (window.answered() + window.rejected());
  }

  void columns(Comparison comparison, List<Difference> differences, List<WindowTest> tests) {
    for (Difference one : differences) {
      Monitoring.Column column = column(comparison, one, tests);
      if (one.variable().isScore()) {
        scores = column;
      } else {
        columns.add(column);
      }
    }
    columns.sort(
        Comparator.comparingDouble(Monitoring.Column::effect)
            .reversed()
            .thenComparing(Monitoring.Column::name));
  }

  private Monitoring.Column column(
      Comparison comparison, Difference difference, List<WindowTest> tests) {
    Variable variable = difference.variable();
    BaselineColumn baseline = variable.in(comparison.baseline());
    List<WindowTest> own =
        tests.stream().filter(test -> test.difference().equals(difference)).toList();
    ColumnCounts counts = difference.window();
    return new Monitoring.Column(
        variable.name(),
        baseline.kind().name().toLowerCase(Locale.ROOT),
        difference.effect(),
        comparison.fromTraining(variable, window).effect(),
        counts.missingShare(),
        comparison.missing(variable),
        counts.unseenShare(),
        comparison.unseen(variable),
        baseline.counts().bins(),
        comparison.pool() == null ? null : difference.before().bins(),
        counts.bins(),
        difference.divergence().pearson().pValue(),
        own.stream().mapToDouble(WindowTest::p).min().orElse(1),
        own.stream().mapToDouble(WindowTest::holm).min().orElse(1));
  }

  /** The result of a window without enough rows. */
  Monitoring incomplete() {
    Optional<Reason> rejected = mostlyRejected();
    if (rejected.isPresent()) {
      return result(Verdict.ALARM, List.of(rejected.get()), false);
    }
    return result(window.rows() == 0 ? Verdict.NO_ROWS : Verdict.TOO_FEW_ROWS, List.of(), false);
  }

  /** An alarm if most of the rows that were sent were rejected, of at least the minimum. */
  Optional<Reason> mostlyRejected() {
    long sent = window.answered() + window.rejected();
    double share = window.rejectedShare();
    if (sent < rule.minimumRows() || share < Levels.REJECTED) {
      return Optional.empty();
    }
    String text = ReasonText.rejected(window.rejected(), sent);
    return Optional.of(
        new Reason(
            Reason.Level.ALARM, Reason.Kind.REJECTED, ChartType.REJECTED.text(), share, text));
  }

  /** The result of a window that was compared. */
  Monitoring decided(List<Reason> alarms, List<WindowTest> tests, boolean referable) {
    Set<String> alarming = new HashSet<>();
    List<Reason> reasons = new ArrayList<>();
    for (Reason alarm : alarms.stream().sorted(MOST_URGENT_FIRST).toList()) {
      // A break is also beyond the limits of charts.
      boolean isBroken = alarm.kind() == Reason.Kind.BROKEN;
      if (isBroken || !alarming.contains(Reason.Kind.BROKEN + alarm.subject())) {
        reasons.add(alarm);
      }
      alarming.add((isBroken ? Reason.Kind.BROKEN.toString() : "") + alarm.subject());
    }
    Set<String> named = new HashSet<>(reasons.stream().map(Reason::subject).toList());
    for (WindowTest test : tests) {
      String name = test.difference().variable().name();
      if (test.isNotable() && !named.contains(name)) {
        Reason.Kind kind = test.difference().kind();
        double size = Math.abs(test.effect());
        String text = ReasonText.notice(test);
        reasons.add(new Reason(Reason.Level.NOTICE, kind, name, size, text));
      }
    }
    reasons.sort(MOST_URGENT_FIRST);
    Verdict verdict = Verdict.QUIET;
    if (!alarms.isEmpty()) {
      verdict = Verdict.ALARM;
    } else if (learning) {
      verdict = Verdict.LEARNING;
    } else if (!reasons.isEmpty()) {
      verdict = Verdict.NOTICE;
    }
    return result(verdict, reasons, referable);
  }

  private Monitoring result(Verdict verdict, List<Reason> reasons, boolean referable) {
    int missing = Math.max(0, History.COMPLETE - reference - (referable ? 1 : 0));
    boolean retraining =
        reasons.stream()
            .anyMatch(
                reason ->
                    reason.level() == Reason.Level.ALARM
                        && reason.kind().compareTo(Reason.Kind.SCORE) <= 0);
    return new Monitoring(
        schema,
        subject.name(),
        subject.model(),
        subject.window(),
        verdict,
        List.copyOf(reasons),
        ReasonText.nextStep(verdict, reasons, subject.name(), missing, rule.minimumRows()),
        retraining,
        new Monitoring.State(learning, reference, History.COMPLETE, referable),
        List.copyOf(charts),
        List.copyOf(columns),
        scores,
        List.of(),
        new Monitoring.Rows(window.answered(), volume),
        new Monitoring.Rows(window.rejected(), rejected),
        subject.gaps(),
        subject.warnings());
  }
}
