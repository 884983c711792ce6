package dev.propensity.dataset.profile;

import dev.propensity.dataset.profile.ColumnReport.SplitReport;
import dev.propensity.dataset.profile.ColumnReport.Word;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.report.HtmlPage;
import dev.propensity.report.HtmlPage.Cell;
import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A data report as HTML: {@code report.html}. */
final class DataReportPage {
  private static final List<String> SPLITS = List.of("train", "validation", "test");
  private static final String NONE = "–";

  private final DataReport report;
  private final DecimalFormat thousands =
      new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
  private final long rows;

  DataReportPage(DataReport report) {
    this.report = report;
    this.rows = sum(report.rows().values());
  }

  private static long sum(Iterable<Long> counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  String html() {
    HtmlPage page = new HtmlPage("Data report: " + report.dataset());
    page.paragraph(report.title());
    report.leaks().forEach(leak -> page.alert("Leak", leak + "."));
    report.otherWarnings().forEach(warning -> page.caution("Warning", warning + "."));
    if (report.copies() != null && report.copies().coincidence()) {
      page.paragraph(report.copies().note());
    }
    rows(page);
    columns(page);
    numbers(page);
    dates(page);
    words(page);
    return page.html();
  }

  private void rows(HtmlPage page) {
    List<List<Cell>> lines = new ArrayList<>();
    for (String split : SPLITS) {
      lines.add(
          line(
              split,
              report.rows().getOrDefault(split, 0L),
              report.positives().getOrDefault(split, 0L)));
    }
    lines.add(line("all", rows, sum(report.positives().values())));
    page.heading("Rows")
        .table(labelCaption(), List.of("Split", "Rows", "Share", "Positive", "Rate"), lines);
    if (report.unassignedRows() > 0) {
      page.paragraph(
          thousands.format(report.unassignedRows())
              + " more rows are in no split: they are in the gap before validation or test, or, in"
              + " a fold, later than its validation rows.");
    }
    if (!report.quarantined().isEmpty()) {
      List<List<Cell>> reasons = new ArrayList<>();
      report
          .quarantined()
          .forEach((reason, count) -> reasons.add(List.of(Cell.text(reason), count(count))));
      page.table(
          "Rows quarantined in " + DataReport.QUARANTINE + ", not counted above",
          List.of("Error", "Rows"),
          reasons);
    }
  }

  private String labelCaption() {
    DatasetSpec.Label label = report.label();
    return "Rows by split; a row is positive where %s is '%s', else it is '%s'"
        .formatted(label.column(), label.positive(), label.negative());
  }

  private List<Cell> line(String name, long count, long positives) {
    return List.of(
        Cell.text(name),
        count(count),
        percent(count, rows),
        count(positives),
        percent(positives, count));
  }

  private void columns(HtmlPage page) {
    List<List<Cell>> lines = new ArrayList<>();
    for (ColumnReport column : report.columns()) {
      lines.add(
          List.of(
              Cell.text(column.name()),
              Cell.text(kind(column)),
              Cell.text(column.description()),
              distinct(column),
              bySplit(column, SplitReport::missing),
              bySplit(column, SplitReport::unseen)));
    }
    page.heading("Columns")
        .table(
            "All columns; missing and unseen rows are those of train / validation / test; a"
                + " category is unseen where train lacks it",
            List.of("Column", "Kind", "Description", "Distinct", "Missing", "Unseen"),
            lines);
  }

  private void numbers(HtmlPage page) {
    List<List<Cell>> lines = new ArrayList<>();
    for (ColumnReport column : report.columns()) {
      for (String split : column.kind().equals("number") ? SPLITS : List.<String>of()) {
        SplitReport numbers = Objects.requireNonNull(column.splits().get(split), split);
        lines.add(
            List.of(
                Cell.text(column.name()),
                Cell.text(split),
                number(numbers.minimum()),
                number(numbers.mean()),
                number(numbers.maximum())));
      }
    }
    if (!lines.isEmpty()) {
      page.heading("Numbers")
          .table(
              "Numbers, split by split",
              List.of("Column", "Split", "Minimum", "Mean", "Maximum"),
              lines);
    }
  }

  private void dates(HtmlPage page) {
    List<List<Cell>> lines = new ArrayList<>();
    for (ColumnReport column : report.columns()) {
      for (String split : column.kind().equals("date") ? SPLITS : List.<String>of()) {
        SplitReport dates = Objects.requireNonNull(column.splits().get(split), split);
        lines.add(
            List.of(
                Cell.text(column.name()),
                Cell.text(split),
                Cell.text(Objects.requireNonNullElse(dates.earliest(), NONE)),
                Cell.text(Objects.requireNonNullElse(dates.latest(), NONE))));
      }
    }
    if (!lines.isEmpty()) {
      page.heading("Dates")
          .table("Dates, split by split", List.of("Column", "Split", "Earliest", "Latest"), lines);
    }
  }

  private static String kind(ColumnReport column) {
    return switch (column.sensitive()) {
      case "report" ->
          column.kind() + ", sensitive: reported" + (column.feature() ? "" : ", no feature");
      case "exclude" -> column.kind() + ", sensitive: no feature";
      default -> column.feature() ? column.kind() : column.kind() + ", no feature";
    };
  }

  private Cell distinct(ColumnReport column) {
    boolean more = column.top() == null && column.distinct() > ColumnSummary.MAX_DISTINCT;
    return Cell.number(
        more
            ? "over " + thousands.format(ColumnSummary.MAX_DISTINCT)
            : thousands.format(column.distinct()));
  }

  private Cell bySplit(ColumnReport column, Function<SplitReport, Long> count) {
    List<String> counts = new ArrayList<>();
    for (String split : SPLITS) {
      Long rows = count.apply(column.splits().get(split));
      counts.add(rows == null ? NONE : thousands.format(rows));
    }
    boolean same = counts.stream().distinct().count() == 1;
    return Cell.number(same ? counts.get(0) : String.join(" / ", counts));
  }

  private void words(HtmlPage page) {
    page.heading("Most frequent values");
    for (ColumnReport column : report.columns()) {
      if (column.top() == null) {
        continue;
      }
      List<List<Cell>> lines = new ArrayList<>();
      for (Word word : column.top()) {
        double share = (double) word.rows() / rows;
        lines.add(
            List.of(
                Cell.text(word.value()),
                count(word.rows()),
                percent(word.rows(), rows),
                Cell.bar(share)));
      }
      page.table(
          column.name() + ": " + lines.size() + " of " + column.distinct() + " values",
          List.of("Value", "Rows", "Share", "Share as a bar"),
          lines);
    }
  }

  private Cell count(long count) {
    return Cell.number(thousands.format(count));
  }

  private Cell percent(long part, long total) {
    return Cell.number(
        total == 0 ? NONE : shortened(Math.round(10_000.0 * part / total) / 100.0) + "%");
  }

  private Cell number(@Nullable Double number) {
    return Cell.number(number == null ? NONE : shortened(number));
  }

  private String shortened(double number) {
    return thousands.format(new BigDecimal(number).round(new MathContext(7)));
  }
}
