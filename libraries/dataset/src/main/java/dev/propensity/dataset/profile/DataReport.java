package dev.propensity.dataset.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.result.Diagnostics;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.report.HtmlPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of a table: {@code report.json}, and {@code report.html} for readers.
 *
 * @param schema the version of this document's form
 * @param rows valid rows by split
 * @param positives among them
 * @param unassignedRows how many valid rows are in no split: in a gap of a split by time, or, in a
 *     fold, later than it
 * @param quarantined cells of the quarantined rows, by what is wrong
 * @param quarantinedRows how many rows were quarantined; 0 in documents of earlier versions
 * @param copies test rows that are copies; null where there are none or few
 * @param csv how the table is written: separator, decimal sign, byte order mark
 */
public record DataReport(
    int schema,
    String dataset,
    String title,
    String identifier,
    DatasetSpec.Label label,
    SortedMap<String, Long> rows,
    SortedMap<String, Long> positives,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("unassigned_rows")
        long unassignedRows,
    SortedMap<String, Long> quarantined,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("quarantined_rows")
        long quarantinedRows,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Copies copies,
    String csv,
    List<ColumnReport> columns) {
  /** The document's name. */
  public static final String FILE = "report.json";

  /** The quarantined rows, beside the report, where there are any. */
  public static final String QUARANTINE = "quarantine.csv";

  private static final int SCHEMA = 1;

  public static DataReport of(
      DatasetSpec spec,
      List<ColumnSummary> columns,
      LabelSample sample,
      CopyCheck.@Nullable Result copies,
      long[] counts,
      long[] positives,
      long unassigned,
      RowReader reader) {
    SortedMap<String, Long> rows = new TreeMap<>();
    SortedMap<String, Long> positive = new TreeMap<>();
    for (Split split : Split.values()) {
      rows.put(ColumnReport.name(split), counts[split.ordinal()]);
      positive.put(ColumnReport.name(split), positives[split.ordinal()]);
    }
    return new DataReport(
        SCHEMA,
        spec.name(),
        spec.title(),
        spec.identifier(),
        spec.label(),
        rows,
        positive,
        unassigned,
        reader.diagnostics().described(),
        reader.diagnostics().rows(),
        copies == null ? null : copies.copies(),
        reader.dialect().text(),
        columns(columns, sample));
  }

  private static List<ColumnReport> columns(List<ColumnSummary> columns, LabelSample sample) {
    List<ColumnReport> reports = new ArrayList<>();
    int feature = 0;
    int part = (int) columns.stream().filter(column -> column.column.feature()).count();
    for (ColumnSummary column : columns) {
      boolean isFeature = column.column.feature();
      String leak = isFeature ? Leak.of(column, sample, feature, part) : null;
      reports.add(ColumnReport.of(column, leak));
      feature += isFeature ? 1 : 0;
      part += isFeature ? column.column.parts().size() : 0;
    }
    return List.copyOf(reports);
  }

  /** Leaks, one sentence each; none of the columns without a leak check. */
  public List<String> leaks() {
    return columns.stream().map(ColumnReport::leakSentence).filter(Objects::nonNull).toList();
  }

  /**
   * How many of so many rows were quarantined, and why.
   *
   * @param cells of these rows, by what is wrong
   */
  public static String quarantineWarning(long invalid, long all, SortedMap<String, Long> cells) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d rows are invalid and were quarantined (%s)",
        invalid,
        all,
        Diagnostics.listed(cells));
  }

  /** All warnings about the table, one line each. */
  public List<String> warnings() {
    List<String> warnings = tableWarnings();
    columns.forEach(column -> warnings.addAll(column.allWarnings()));
    return warnings;
  }

  /** The warnings that do not belong to a column. */
  private List<String> tableWarnings() {
    List<String> warnings = new ArrayList<>();
    if (quarantinedRows > 0) {
      long valid = rows.values().stream().mapToLong(Long::longValue).sum() + unassignedRows;
      warnings.add(quarantineWarning(quarantinedRows, valid + quarantinedRows, quarantined));
    }
    String copied = copies == null ? null : copies.warning();
    if (copied != null) {
      warnings.add(copied);
    }
    return warnings;
  }

  /** The warnings other than leaks, one line each. */
  List<String> otherWarnings() {
    List<String> warnings = tableWarnings();
    columns.forEach(column -> warnings.addAll(column.warnings()));
    return warnings;
  }

  /** Writes {@code report.json} and {@code report.html}. */
  public void write(Path folder) {
    try {
      Files.write(folder.resolve(FILE), CanonicalJson.bytes(this));
      HtmlPage.write(folder, new DataReportPage(this).html());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
