package dev.propensity.dataset.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.propensity.dataset.rows.Diagnostics;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.report.HtmlPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The content of a table: {@code report.json}, and {@code report.html} for readers.
 *
 * @param schema the version of this document's form
 * @param rows good rows by split
 * @param positives among them
 * @param quarantined cells of the rows that were set aside, by what is wrong
 * @param quarantinedRows how many rows were set aside; 0 in documents of earlier versions
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
    SortedMap<String, Long> quarantined,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("quarantined_rows")
        long quarantinedRows,
    String csv,
    List<ColumnReport> columns) {
  /** The document's name. */
  public static final String FILE = "report.json";

  /** The rows set aside, beside the report, where there are any. */
  public static final String QUARANTINE = "quarantine.csv";

  private static final int SCHEMA = 1;
  private static final int TOP = 10;

  /**
   * A column's content.
   *
   * @param feature whether it is a feature of the model
   * @param distinct how many different values; {@code ColumnSummary.MAX_DISTINCT} + 1 where more
   * @param merged cells whose number is the same in float32 as another one that differs from it; at
   *     least so many where {@code distinct} is above {@code ColumnSummary.MAX_DISTINCT}
   * @param lookAlikes groups of words that differ only in case, width or unseen characters
   * @param splits by name
   * @param top the most frequent words, where it holds words
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ColumnReport(
      String name,
      String kind,
      String description,
      String sensitive,
      boolean feature,
      int distinct,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) long merged,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("look_alikes")
          List<List<String>> lookAlikes,
      SortedMap<String, SplitReport> splits,
      @Nullable List<Word> top) {}

  /**
   * A column's content in one split.
   *
   * @param unseen rows with a word that train lacks
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SplitReport(
      long missing,
      @Nullable Long unseen,
      @Nullable Double minimum,
      @Nullable Double mean,
      @Nullable Double maximum) {}

  /** A word and its rows in all splits. */
  public record Word(String value, long rows) {}

  public static DataReport of(
      DatasetSpec spec,
      List<ColumnSummary> columns,
      long[] counts,
      long[] positives,
      RowReader reader) {
    SortedMap<String, Long> rows = new TreeMap<>();
    SortedMap<String, Long> positive = new TreeMap<>();
    for (Split split : Split.values()) {
      rows.put(name(split), counts[split.ordinal()]);
      positive.put(name(split), positives[split.ordinal()]);
    }
    return new DataReport(
        SCHEMA,
        spec.name(),
        spec.title(),
        spec.identifier(),
        spec.label(),
        rows,
        positive,
        reader.diagnostics().described(),
        reader.diagnostics().rows(),
        reader.dialect().text(),
        columns.stream().map(DataReport::column).toList());
  }

  private static String name(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }

  private static ColumnReport column(ColumnSummary summary) {
    Column column = summary.column;
    SortedMap<String, SplitReport> splits = new TreeMap<>();
    for (Split split : Split.values()) {
      splits.put(name(split), split(summary, split));
    }
    return new ColumnReport(
        column.name(),
        column.kind().name().toLowerCase(Locale.ROOT),
        column.description(),
        column.sensitive().name().toLowerCase(Locale.ROOT),
        column.sensitive() != Column.Sensitive.EXCLUDE,
        summary.distinct(),
        summary.merged(),
        column.kind() == ColumnKind.CATEGORY ? summary.lookAlikes() : List.of(),
        splits,
        column.kind() == ColumnKind.NUMBER ? null : top(summary));
  }

  private static SplitReport split(ColumnSummary summary, Split split) {
    long missing = summary.missing(split);
    if (summary.column.kind() != ColumnKind.NUMBER) {
      return new SplitReport(missing, unseen(summary, split), null, null, null);
    }
    if (summary.present(split) == 0) {
      return new SplitReport(missing, null, null, null, null);
    }
    return new SplitReport(
        missing,
        null,
        (double) summary.minimum(split),
        summary.mean(split),
        (double) summary.maximum(split));
  }

  private static @Nullable Long unseen(ColumnSummary summary, Split split) {
    if (summary.column.kind() != ColumnKind.CATEGORY) {
      return null;
    }
    return IntStream.range(0, summary.words().size())
        .filter(code -> summary.count(Split.TRAIN, code) == 0)
        .mapToLong(code -> summary.count(split, code))
        .sum();
  }

  private static List<Word> top(ColumnSummary summary) {
    List<String> words = summary.words();
    return IntStream.range(0, words.size())
        .mapToObj(code -> new Word(words.get(code), summary.count(code)))
        .filter(word -> word.rows() > 0)
        .sorted(
            Comparator.comparingLong(Word::rows)
                .reversed()
                .thenComparing(Word::value, ColumnSummary.ORDER))
        .limit(TOP)
        .toList();
  }

  /**
   * How many of so many rows were set aside, and why.
   *
   * @param cells of these rows, by what is wrong
   */
  public static String setAside(long bad, long all, SortedMap<String, Long> cells) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d rows are bad and were set aside (%s)",
        bad,
        all,
        Diagnostics.listed(cells));
  }

  /** Warnings about the table, one line each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (quarantinedRows > 0) {
      long good = rows.values().stream().mapToLong(Long::longValue).sum();
      warnings.add(setAside(quarantinedRows, good + quarantinedRows, quarantined));
    }
    for (ColumnReport column : columns) {
      for (List<String> group : column.lookAlikes()) {
        warnings.add(
            column.name() + ": the categories '" + String.join("', '", group) + "' look alike");
      }
      if (column.merged() > 0) {
        boolean more = column.distinct() > ColumnSummary.MAX_DISTINCT;
        warnings.add(
            String.format(
                Locale.ROOT,
                "%s: %s%,d numbers differ from others only beyond float32's precision",
                column.name(),
                more ? "at least " : "",
                column.merged()));
      }
      if (column.distinct() < 2) {
        warnings.add(
            column.name()
                + (column.distinct() == 0
                    ? " has no value in any row"
                    : " has one value in all rows")
                + ": it is useless to the model");
      }
    }
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
