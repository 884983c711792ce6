package dev.propensity.tasks.monitor;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Reason;
import dev.propensity.monitoring.drift.Verdict;
import dev.propensity.report.HtmlPage;
import dev.propensity.report.HtmlPage.Cell;
import java.util.List;
import java.util.Locale;

/** The HTML report of a window: one self-contained page, the verdict first. */
final class MonitoringPage {
  private final DatasetSpec spec;
  private final Monitoring monitoring;

  MonitoringPage(DatasetSpec spec, ComparedWindow window) {
    this.spec = spec;
    this.monitoring = window.monitoring();
  }

  String html() {
    HtmlPage page =
        new HtmlPage("Monitoring: %s, %s".formatted(monitoring.name(), monitoring.window()))
            .paragraph(spec.title());
    verdict(page);
    monitoring.gaps().forEach(gap -> page.caution("Gap", gap));
    monitoring.warnings().forEach(warning -> page.caution("Warning", warning));
    columns(page);
    return page.html();
  }

  private void verdict(HtmlPage page) {
    String text = monitoring.summary() + ". " + monitoring.nextStep();
    if (monitoring.verdict() == Verdict.ALARM) {
      page.alert("Verdict", text);
    } else if (monitoring.verdict() == Verdict.NOTICE) {
      page.caution("Verdict", text);
    } else {
      page.paragraph("Verdict: " + text);
    }
    for (Reason reason : monitoring.reasons()) {
      page.paragraph(reason.text());
    }
  }

  private void columns(HtmlPage page) {
    if (monitoring.columns().isEmpty()) {
      return;
    }
    page.heading("Columns");
    page.table(
        "The largest effect first; effect: population stability index without that of chance",
        List.of("Column", "Kind", "Effect", "Missing", "Unseen", "p"),
        monitoring.columns().stream().map(MonitoringPage::row).toList());
  }

  private static List<Cell> row(Monitoring.Column column) {
    return List.of(
        Cell.text(column.name()),
        Cell.text(column.kind()),
        Cell.number(format("%.4f", column.effect())),
        Cell.number(format("%.2f%%", 100 * column.missing())),
        Cell.number(format("%.2f%%", 100 * column.unseen())),
        Cell.number(format("%.4f", column.p())));
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
