package dev.propensity.dataset.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DateRule;
import dev.propensity.dataset.split.Split;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A column's content.
 *
 * @param feature whether it is a feature of the model
 * @param distinct how many different values; {@code ColumnSummary.MAX_DISTINCT} + 1 where more
 * @param merged cells whose number is the same in float32 as another one that differs from it; at
 *     least so many where {@code distinct} is above {@code ColumnSummary.MAX_DISTINCT}
 * @param lookAlikes groups of words that differ only in case, width or unseen characters
 * @param splits by name
 * @param leak why the column is a leak; null where it is none or is not checked
 * @param warnings other than the leak, one sentence each
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
    @Nullable String leak,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings,
    @Nullable List<Word> top) {
  private static final int TOP = 10;

  /**
   * A column's content in one split.
   *
   * @param unseen rows with a word that train lacks
   * @param earliest the first date, as {@code yyyy-MM-dd}
   * @param latest the last date, as {@code yyyy-MM-dd}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SplitReport(
      long missing,
      @Nullable Long unseen,
      @Nullable Double minimum,
      @Nullable Double mean,
      @Nullable Double maximum,
      @Nullable String earliest,
      @Nullable String latest) {
    private static SplitReport of(long missing, @Nullable Long unseen) {
      return new SplitReport(missing, unseen, null, null, null, null, null);
    }
  }

  /** A word and its rows in all splits. */
  public record Word(String value, long rows) {}

  /** A split's name in a report. */
  static String name(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }

  static ColumnReport of(ColumnSummary summary, @Nullable String leak) {
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
        column.feature(),
        summary.distinct(),
        summary.merged(),
        column.kind() == ColumnKind.CATEGORY ? summary.lookAlikes() : List.of(),
        splits,
        leak,
        ColumnWarnings.of(summary),
        column.kind().hasWords() ? top(summary) : null);
  }

  private static SplitReport split(ColumnSummary summary, Split split) {
    long missing = summary.missing(split);
    if (summary.column.kind().hasWords() || summary.present(split) == 0) {
      return SplitReport.of(missing, unseen(summary, split));
    }
    DateRule date = summary.column.date();
    if (date != null) {
      String earliest = date.date(summary.minimum(split)).toString();
      String latest = date.date(summary.maximum(split)).toString();
      return new SplitReport(missing, null, null, null, null, earliest, latest);
    }
    return new SplitReport(
        missing,
        null,
        (double) summary.minimum(split),
        summary.mean(split),
        (double) summary.maximum(split),
        null,
        null);
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

  /** The leak's sentence, if it is one, and the other warnings. */
  List<String> allWarnings() {
    return Stream.concat(Stream.ofNullable(leakSentence()), warnings.stream()).toList();
  }

  /** Why the column is a leak, with its name; null where it is none. */
  @Nullable String leakSentence() {
    return leak == null ? null : name + ": " + leak;
  }
}
