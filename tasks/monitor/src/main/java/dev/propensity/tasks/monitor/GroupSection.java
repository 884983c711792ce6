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

/** The sizes of the groups of sensitive columns. */
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
                + " rows with a known value. Captured rows are not counted by group and score: the"
                + " evaluation compares the scores of groups.");
    for (Monitoring.Column column : columns) {
      boolean hasReference = column.reference() != null;
      page.table(
          column.name() + (hasReference ? ", compared with the reference" : ""),
          List.of("Group", "Rows", "Share", hasReference ? "Reference" : "Training", "Change"),
          rows(column, labels));
    }
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
