package dev.propensity.tasks.monitor;

import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.report.HtmlPage;
import dev.propensity.report.HtmlPage.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sizes and the scores of the groups of sensitive columns. */
final class GroupSection {
  private static final int MOST_GROUPS = 50;

  private GroupSection() {}

  static void add(HtmlPage page, DatasetSpec spec, ComparedWindow window) {
    Set<String> sensitive =
        spec.columns().stream()
            .filter(column -> column.sensitive() != Column.Sensitive.NO)
            .map(Column::name)
            .collect(Collectors.toSet());
    BinLabels labels = new BinLabels(spec, window.baseline());
    List<Monitoring.Column> columns =
        window.monitoring().columns().stream()
            .filter(column -> sensitive.contains(column.name()))
            .toList();
    if (columns.isEmpty()) {
      return;
    }
    page.heading("Groups")
        .paragraph(
            "The shares of the groups of columns that the specification marks as sensitive, among"
                + " rows with a known value, and their scores by this model, beside those of the"
                + " test rows. Selected rows are those whose score is at or above the model's"
                + " threshold. The evaluation has the outcomes that are needed to judge whether a"
                + " difference is fair.");
    for (Monitoring.Column column : columns) {
      boolean hasReference = column.reference() != null;
      page.table(
          column.name() + (hasReference ? ", compared with the reference" : ""),
          List.of("Group", "Rows", "Share", hasReference ? "Reference" : "Training", "Change"),
          rows(column, labels));
      addScores(page, column.name(), window.monitoring().groups());
    }
  }

  private static void addScores(HtmlPage page, String column, List<Monitoring.Group> all) {
    List<Monitoring.Group> groups =
        all.stream().filter(group -> group.column().equals(column)).limit(MOST_GROUPS).toList();
    if (!groups.isEmpty()) {
      page.table(
          column + ", scores",
          List.of(
              "Group",
              "Scored rows",
              "Mean score",
              "Mean of test rows",
              "Selected",
              "Selected of test rows"),
          groups.stream().map(GroupSection::row).toList());
    }
  }

  private static List<Cell> row(Monitoring.Group group) {
    return List.of(
        Cell.text(group.group().isEmpty() ? "(missing)" : group.group()),
        PageText.count(group.rows()),
        score(group.meanScore()),
        score(group.testMeanScore()),
        share(group.selectionRate()),
        share(group.testSelectionRate()));
  }

  private static Cell score(@Nullable Double score) {
    return Cell.number(score == null ? "–" : PageText.format("%.4f", score));
  }

  private static Cell share(@Nullable Double share) {
    return Cell.number(share == null ? "–" : PageText.percent(share));
  }

  private static List<List<Cell>> rows(Monitoring.Column column, BinLabels labels) {
    long[] reference = column.reference();
    long[] before = reference == null ? column.baseline() : reference;
    List<String> names = labels.of(column.name());
    List<List<Cell>> rows = new ArrayList<>();
    for (int bin = 0; bin < names.size(); bin++) {
      double share = share(column.bins(), bin);
      double usual = share(before, bin);
      rows.add(
          List.of(
              Cell.text(labels.areRanges(column.name()) ? range(names, bin) : names.get(bin)),
              PageText.count(column.bins()[bin]),
              Cell.number(PageText.percent(share)),
              Cell.number(PageText.percent(usual)),
              Cell.number(PageText.points(share - usual))));
    }
    return rows.subList(0, Math.min(MOST_GROUPS, rows.size()));
  }

  private static String range(List<String> edges, int bin) {
    if (bin == 0) {
      return edges.size() == 1 ? "all" : "below " + edges.get(1);
    }
    return bin == edges.size() - 1
        ? "from " + edges.get(bin)
        : "%s to below %s".formatted(edges.get(bin), edges.get(bin + 1));
  }

  private static double share(long[] bins, int bin) {
    return (double) bins[bin] / Math.max(1, Arrays.stream(bins).sum());
  }
}
