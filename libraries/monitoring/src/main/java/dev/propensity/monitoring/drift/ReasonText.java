package dev.propensity.monitoring.drift;

import java.util.List;
import java.util.Locale;

/** Reasons and next steps in words. */
final class ReasonText {
  private ReasonText() {}

  /** {@code Age: mean rank 0.572, limits 0.481 to 0.529, effect 0.041}. */
  static String beyond(String subject, Monitoring.Chart chart) {
    ChartType type = chart.chart();
    String effect =
        type.isShare()
            ? (chart.effect() < 0 ? "" : "+") + points(chart.effect()) + " points"
            : number(chart.effect());
    String subjectAndType = subject.equals(type.text()) ? subject : subject + ": " + type.text();
    return switch (type) {
      case VOLUME ->
          "volume: %s times the usual rows of the day or hour, limits %s to %s"
              .formatted(factor(chart.ewma()), factor(chart.low()), factor(chart.high()));
      case DISTANCE ->
          "%s %s, limit %s, effect %s"
              .formatted(subjectAndType, number(chart.ewma()), number(chart.high()), effect);
      default ->
          "%s %s, limits %s to %s, effect %s"
              .formatted(
                  subjectAndType,
                  value(type, type.isShare() ? chart.value() : chart.ewma()),
                  value(type, Math.max(0, chart.low())),
                  value(type, chart.high()),
                  effect);
    };
  }

  /** {@code Age: effect 0.310, at least 0.25}. */
  static String large(Difference difference) {
    return "%s: effect %s in one window, at least %s"
        .formatted(
            difference.variable().name(), number(difference.effect()), number(SuddenBreak.LARGE));
  }

  /** {@code Age: effect 0.130 and 0.120 in two windows, at least 0.10 while learning}. */
  static String learning(Difference window, Difference before) {
    boolean isShare = window.effect() < Levels.LEARNING;
    return isShare
        ? "%s: share of missing or unseen values off by %s and %s points in two windows"
            .formatted(window.variable().name(), points(before.share()), points(window.share()))
        : "%s: effect %s and %s in two windows, at least %s while learning"
            .formatted(
                window.variable().name(),
                number(before.effect()),
                number(window.effect()),
                number(Levels.LEARNING));
  }

  /** {@code 500 of 501 rows were rejected, at least 50.0%}. */
  static String rejected(long rejected, long sent) {
    return rejected == sent
        ? "all %d rows were rejected".formatted(sent)
        : "%d of %d rows were rejected, at least %s%%"
            .formatted(rejected, sent, points(Levels.REJECTED));
  }

  /** {@code Age: missing 1.0%, expected 0.0%, p 0.002}. */
  static String notice(WindowTest test) {
    String name = test.difference().variable().name();
    return test.type().isShare()
        ? "%s: %s %s, expected %s, p %s"
            .formatted(
                name,
                test.type().text(),
                value(test.type(), test.share()),
                value(test.type(), test.share() - test.effect()),
                pValue(test.holm()))
        : "%s: effect %s in this window, p %s"
            .formatted(name, number(test.effect()), pValue(test.holm()));
  }

  /** What to do, in one sentence. */
  static String nextStep(
      Verdict verdict, List<Reason> reasons, String dataset, int missingWindows, int minimumRows) {
    return switch (verdict) {
      case QUIET -> "No action is needed.";
      case NOTICE ->
          "No action is needed yet: see whether the next windows show the same of "
              + subjects(reasons)
              + ".";
      case LEARNING ->
          "No action is needed: %d more windows complete the reference.".formatted(missingWindows);
      case TOO_FEW_ROWS ->
          "Wait for a window of at least %d rows, or monitor longer windows."
              .formatted(minimumRows);
      case NO_ROWS -> "Check whether the endpoint gets requests and captures them.";
      case ALARM -> alarm(reasons, dataset);
    };
  }

  private static String alarm(List<Reason> reasons, String dataset) {
    Reason first = reasons.get(0);
    String all = subjects(reasons.stream().filter(r -> r.level() == Reason.Level.ALARM).toList());
    String accept =
        "if the change is to stay, accept it with make accept DATASET=%s".formatted(dataset);
    return switch (first.kind()) {
      case BROKEN -> "Check where %s comes from; %s.".formatted(all, accept);
      case SCORE ->
          "Find out why the scores changed, and train again on newer rows; %s.".formatted(accept);
      case COLUMN -> "Find out why %s changed; %s.".formatted(all, accept);
      case REJECTED -> "Correct the rows that clients send: see which rules they break.";
      case VOLUME ->
          "Check whether clients send as many rows as they should; %s.".formatted(accept);
    };
  }

  /** The subjects of reasons, each once. */
  static String subjects(List<Reason> reasons) {
    return String.join(", ", reasons.stream().map(Reason::subject).distinct().toList());
  }

  private static String value(ChartType type, double value) {
    return type.isShare() ? points(value) + "%" : number(value);
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static String factor(double logarithm) {
    return String.format(Locale.ROOT, "%.2f", StrictMath.exp(logarithm));
  }

  private static String pValue(double p) {
    return p < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "%.2g", p);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
