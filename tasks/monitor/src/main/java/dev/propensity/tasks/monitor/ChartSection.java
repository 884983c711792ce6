package dev.propensity.tasks.monitor;

import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.monitoring.drift.ChartHistory;
import dev.propensity.monitoring.drift.ChartType;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Reason;
import dev.propensity.report.HtmlPage;
import dev.propensity.report.SvgControlChart;
import dev.propensity.report.SvgFigure;
import dev.propensity.report.SvgFigures;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The control charts over the last windows: first those that matter for the verdict. */
final class ChartSection {
  private final MonitorRule.Window length;
  private final Monitoring monitoring;
  private final List<ChartHistory> charts;

  ChartSection(MonitorRule rule, ComparedWindow window) {
    this.length = rule.window();
    this.monitoring = window.monitoring();
    this.charts = window.charts();
  }

  void add(HtmlPage page) {
    List<ChartHistory> all = charts.stream().filter(chart -> !chart.values().isEmpty()).toList();
    if (all.isEmpty()) {
      return;
    }
    page.heading("Control charts")
        .paragraph(
            monitoring.state().learning()
                ? PageText.format(
                    "Limits need a reference of %d windows: %d are known.",
                    monitoring.state().of(), monitoring.state().windows())
                : "Dots are the values of windows, those of the reference on a shaded ground. The"
                    + " average begins after the reference. A circle marks an average beyond its"
                    + " limits; it is an alarm if the effect is large enough, too.");
    Set<String> drawn =
        monitoring.columns().stream()
            .limit(ColumnSection.MOST_DRAWN)
            .map(Monitoring.Column::name)
            .collect(Collectors.toSet());
    Set<String> named =
        monitoring.reasons().stream().map(Reason::subject).collect(Collectors.toSet());
    List<SvgFigure> first = new ArrayList<>();
    List<SvgFigure> others = new ArrayList<>();
    for (ChartHistory chart : all) {
      String id = "chart-" + (first.size() + others.size());
      String column = chart.column();
      if (column == null || named.contains(column) && !isConstant(chart)) {
        first.add(figure(chart, id));
      } else if (drawn.contains(column) || named.contains(column)) {
        others.add(figure(chart, id));
      }
    }
    page.raw(new SvgFigures(first, SvgControlChart.STYLE).html());
    if (!others.isEmpty()) {
      page.raw(
          "<details><summary>%s</summary>"
              .formatted(PageText.count(others.size(), "other chart", "other charts")));
      page.raw(new SvgFigures(others, SvgControlChart.STYLE).html() + "</details>");
    }
  }

  private static boolean isConstant(ChartHistory chart) {
    return chart.values().stream().mapToDouble(ChartHistory.Value::value).distinct().count() == 1;
  }

  private SvgFigure figure(ChartHistory chart, String id) {
    List<SvgControlChart.Point> points =
        chart.values().stream()
            .map(
                value ->
                    new SvgControlChart.Point(
                        label(value.start()),
                        value.reference(),
                        value.value(),
                        average(value.average())))
            .toList();
    ChartHistory.Value last = chart.values().get(chart.values().size() - 1);
    return new SvgControlChart(
            id, title(chart), description(last), points, chart.center(), isShare(chart.chart()))
        .figure();
  }

  private static SvgControlChart.@Nullable Average average(ChartHistory.@Nullable Average average) {
    return average == null
        ? null
        : new SvgControlChart.Average(
            average.value(), average.low(), average.high(), average.beyond());
  }

  private static String title(ChartHistory chart) {
    String type = chart.chart().text();
    return switch (chart.kind()) {
      case REJECTED -> "Share of rejected rows";
      case VOLUME -> "Volume: logarithm of the ratio to the usual rows";
      default -> "%s: %s".formatted(chart.column() == null ? "Score" : chart.column(), type);
    };
  }

  private static String description(ChartHistory.Value last) {
    ChartHistory.Average average = last.average();
    return average == null
        ? PageText.format("The last value is %.4f.", last.value())
        : PageText.format(
            "The last value is %.4f, the average %.4f, %s.",
            last.value(), average.value(), limits(average));
  }

  private static String limits(ChartHistory.Average average) {
    return average.low() == null
        ? PageText.format("the limit is %.4f", average.high())
        : PageText.format("the limits are %.4f and %.4f", average.low(), average.high());
  }

  private static boolean isShare(ChartType type) {
    return switch (type) {
      case MISSING, UNSEEN, REJECTED -> true;
      case MEAN_RANK, DISTANCE, VOLUME -> false;
    };
  }

  private String label(Instant start) {
    String pattern =
        switch (length) {
          case HOUR -> "MM-dd HH:00";
          case DAY -> "MM-dd";
          case WEEK -> "YYYY-'W'ww";
        };
    return DateTimeFormatter.ofPattern(pattern, Locale.GERMANY) // whose weeks are ISO weeks
        .withZone(ZoneOffset.UTC)
        .format(start);
  }
}
