package dev.propensity.tasks.monitor;

import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.Traffic;
import dev.propensity.report.HtmlPage;
import dev.propensity.report.HtmlPage.Cell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many rows there were, what was lost, and what was rejected. */
final class TrafficSection {
  private final Profile profile;
  private final Monitoring monitoring;

  TrafficSection(ComparedWindow window) {
    this.profile = window.profile();
    this.monitoring = window.monitoring();
  }

  void add(HtmlPage page) {
    Traffic traffic = profile.traffic();
    page.heading("Traffic");
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(row("Answered", traffic.answered(), monitoring.volume().expected()));
    rows.add(row("Captured", profile.rows(), null));
    rows.add(row("Captured, answered by this model", profile.scored(), null));
    rows.add(row("Captured, answered by another model", profile.rows() - profile.scored(), null));
    rows.add(row("Left out by sampling", traffic.sampledOut(), null));
    rows.add(row("Lost: a queue or a disk was full", traffic.dropped(), null));
    rows.add(row("Rejected", traffic.rejectedRows(), monitoring.rejected().expected()));
    rows.add(row("Delivered more than once, counted once", traffic.duplicates(), null));
    page.table("Rows in the window", List.of("Rows", "Number", "Usual"), rows);
    page.paragraph(
        PageText.format(
            "From %s of %s%s.",
            PageText.count(traffic.segments(), "segment", "segments"),
            PageText.count(traffic.servers().size(), "server process", "server processes"),
            traffic.damaged().isEmpty()
                ? ""
                : PageText.format(
                    "; %,d more could not be read: %s",
                    traffic.damaged().size(), String.join(", ", traffic.damaged()))));
    rejected(page, traffic);
  }

  private static List<Cell> row(String name, long count, @Nullable Double expected) {
    return List.of(
        Cell.text(name),
        PageText.count(count),
        Cell.number(expected == null ? PageText.NONE : PageText.format("%,.0f", expected)));
  }

  private static void rejected(HtmlPage page, Traffic traffic) {
    List<List<Cell>> rows = new ArrayList<>();
    traffic
        .rejected()
        .forEach(
            (column, rules) ->
                rules.forEach(
                    (rule, cells) ->
                        rows.add(
                            List.of(
                                Cell.text(column),
                                Cell.text(rule.replace('_', ' ')),
                                PageText.count(cells)))));
    page.heading("Rejected rows");
    if (rows.isEmpty()) {
      page.paragraph("No cell violated a rule.");
      return;
    }
    long sent = traffic.answered() + traffic.rejectedRows();
    page.paragraph(
        PageText.format(
            "%s rejected, %s of those sent. A row counts with each of its cells.",
            PageText.count(traffic.rejectedRows(), "row was", "rows were"),
            PageText.percent((double) traffic.rejectedRows() / Math.max(1, sent))));
    page.table("Cells by column and rule", List.of("Column", "Rule", "Cells"), rows);
  }
}
