package dev.propensity.monitoring.drift;

import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.model.Baseline;
import dev.propensity.model.ColumnBaseline;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the model was trained on.
 *
 * @param columns each feature by name, of all training rows
 * @param scores rows that the model was not trained on, by bins of their scores
 */
public record BaselineCounts(Map<String, BaselineColumn> columns, long[] scores) {

  /** The counts of a model's baseline. */
  public static BaselineCounts of(Baseline baseline) {
    Map<String, BaselineColumn> columns = new TreeMap<>();
    baseline.columns().forEach((name, column) -> columns.put(name, column(column)));
    return new BaselineCounts(columns, longs(baseline.scores().counts()));
  }

  private static BaselineColumn column(ColumnBaseline column) {
    ColumnKind kind = ColumnKind.valueOf(column.kind().toUpperCase(Locale.ROOT));
    long[] bins =
        column.numbers() == null
            ? longs(Objects.requireNonNull(column.values()))
            : longs(column.numbers().counts());
    Map<String, Integer> positives = column.positives();
    return new BaselineColumn(
        kind,
        new ColumnCounts(bins, column.missing(), column.unseen()),
        kind != ColumnKind.CATEGORY || positives == null ? null : longs(positives),
        column.singletons() == null ? 0 : column.singletons());
  }

  private static long[] longs(int[] counts) {
    return Arrays.stream(counts).asLongStream().toArray();
  }

  private static long[] longs(Map<String, Integer> counts) {
    return counts.values().stream().mapToLong(Integer::longValue).toArray();
  }
}
