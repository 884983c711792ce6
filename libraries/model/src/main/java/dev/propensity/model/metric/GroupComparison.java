package dev.propensity.model.metric;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares each group of a sensitive column with the rows of all others. The p-values of a metric
 * are adjusted for the number of groups, by Holm's method. Of two groups, the first differs from
 * the second as the second from the first: that is one test, without adjustment.
 */
final class GroupComparison {
  /** With fewer positives, metrics are mostly chance. */
  private static final int FEWEST_POSITIVES = 30;

  private final ScoredRows rows;
  private final String[] values;
  private final SortedMap<String, GroupRows> groups = new TreeMap<>();
  private final GroupRows all = new GroupRows();

  /**
   * @param threshold from which on a row is selected
   * @param values the column's value in each row
   */
  GroupComparison(ScoredRows rows, double threshold, String[] values) {
    this.rows = rows;
    this.values = values;
    for (int row = 0; row < values.length; row++) {
      GroupRows group = groups.computeIfAbsent(values[row], key -> new GroupRows());
      group.add(rows.score(row), rows.label(row), threshold);
      all.add(rows.score(row), rows.label(row), threshold);
    }
  }

  /** The groups, by value. */
  List<Group> groups() {
    Map<String, Double> selection =
        differences((group, others) -> group.selection().pValue(others.selection()));
    Map<String, Double> recall =
        differences((group, others) -> group.recall().pValue(others.recall()));
    Map<String, Double> calibration = new LinkedHashMap<>();
    groups.forEach(
        (value, group) -> {
          if (isEnough(group)) {
            calibration.put(value, group.bias().pValue());
          }
        });
    adjust(calibration);
    return groups.entrySet().stream()
        .map(
            entry -> {
              String value = entry.getKey();
              GroupRows group = entry.getValue();
              return group.described(
                  value,
                  isEnough(group)
                      ? statistics(
                          value,
                          group,
                          selection.get(value),
                          recall.get(value),
                          Objects.requireNonNull(calibration.get(value)))
                      : null);
            })
        .toList();
  }

  private static boolean isEnough(GroupRows group) {
    return group.positives() >= FEWEST_POSITIVES;
  }

  /** By group, the adjusted p-value of its difference from the others, where both are enough. */
  private Map<String, Double> differences(ToDoubleBiFunction<GroupRows, GroupRows> test) {
    Map<String, Double> pValues = new LinkedHashMap<>();
    groups.forEach(
        (value, group) -> {
          GroupRows others = group.othersAmong(all);
          if (isEnough(group) && isEnough(others)) {
            pValues.put(value, test.applyAsDouble(group, others));
          }
        });
    if (groups.size() > 2) {
      adjust(pValues);
    }
    return pValues;
  }

  private static void adjust(Map<String, Double> pValues) {
    double[] adjusted = Significance.holm(List.copyOf(pValues.values()));
    int test = 0;
    for (Map.Entry<String, Double> entry : pValues.entrySet()) {
      entry.setValue(adjusted[test++]);
    }
  }

  private GroupStatistics statistics(
      String value,
      GroupRows group,
      @Nullable Double selection,
      @Nullable Double recall,
      double calibration) {
    GroupRows others = group.othersAmong(all);
    return new GroupStatistics(
        group.selection().interval(),
        group.recall().interval(),
        group.base().interval(),
        new TestedInterval(group.bias().interval(), calibration),
        slope(value, group),
        selection == null
            ? null
            : new TestedInterval(group.selection().minus(others.selection()), selection),
        recall == null ? null : new TestedInterval(group.recall().minus(others.recall()), recall));
  }

  private @Nullable Interval slope(String value, GroupRows group) {
    if (Math.min(group.positives(), group.negatives()) < GroupStatistics.FEWEST_FOR_SLOPE) {
      return null;
    }
    float first = Float.NaN;
    boolean isConstant = true;
    BitSet others = new BitSet(values.length);
    for (int row = 0; row < values.length; row++) {
      others.set(row, !values[row].equals(value));
      if (!others.get(row)) {
        isConstant &= first != first || rows.score(row) == first;
        first = rows.score(row);
      }
    }
    return isConstant ? null : CalibrationSlope.of(rows.without(others).orElseThrow());
  }
}
