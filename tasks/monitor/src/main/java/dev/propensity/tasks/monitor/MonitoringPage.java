package dev.propensity.tasks.monitor;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.report.HtmlPage;
import dev.propensity.report.SvgBars;
import dev.propensity.report.SvgControlChart;
import dev.propensity.report.SvgFigures;
import java.time.Instant;
import java.util.List;

/** The HTML report of a window: one self-contained page, the verdict first. */
final class MonitoringPage {
  private static final String ALONE = ".plots figure:only-child { max-width: 36rem; }\n";

  private final DatasetSpec spec;
  private final ComparedWindow window;

  MonitoringPage(DatasetSpec spec, ComparedWindow window) {
    this.spec = spec;
    this.window = window;
  }

  String html() {
    Monitoring monitoring = window.monitoring();
    SvgFigures rules = new SvgFigures(List.of(), SvgBars.STYLE + SvgControlChart.STYLE);
    HtmlPage page =
        new HtmlPage("Monitoring: %s, %s".formatted(monitoring.name(), monitoring.window()))
            .style(VerdictBox.STYLE + MethodSection.STYLE + rules.pageStyle() + ALONE)
            .focusableTables()
            .paragraph(spec.title())
            .raw(VerdictBox.html(monitoring))
            .paragraph(facts());
    monitoring.gaps().forEach(gap -> page.caution("Gap", gap + "."));
    monitoring.warnings().forEach(warning -> page.caution("Warning", warning + "."));
    ColumnSection columns = new ColumnSection(spec, window);
    columns.add(page);
    columns.addScores(page, window.profile().meanScore());
    new TrafficSection(window).add(page);
    new ChartSection(spec.monitor(), window).add(page);
    GroupSection.add(page, spec, window);
    MethodSection.add(page, spec.monitor(), monitoring);
    return page.html();
  }

  private String facts() {
    Profile profile = window.profile();
    return PageText.format(
        "%s in the window %s (UTC), %,d of them answered by the model %s. Compared with %s.",
        PageText.count(profile.rows(), "captured row", "captured rows"),
        profile.window(),
        profile.scored(),
        profile.model().abbreviated(12),
        compared());
  }

  private String compared() {
    List<Instant> reference = window.reference();
    boolean isCompared =
        window.monitoring().columns().stream().anyMatch(column -> column.reference() != null);
    if (!isCompared || reference.isEmpty()) {
      return PageText.format(
          "the %,d rows that the model was trained on", window.baseline().rows());
    }
    return PageText.format(
        "the reference of %d windows, from %s to %s",
        reference.size(), name(reference.get(0)), name(reference.get(reference.size() - 1)));
  }

  private String name(Instant start) {
    return TimeWindow.containing(start, spec.monitor().window()).toString();
  }
}
