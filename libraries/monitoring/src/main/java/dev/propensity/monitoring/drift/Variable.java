package dev.propensity.monitoring.drift;

import dev.propensity.dataset.specification.ColumnKind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is compared: a column, or the score.
 *
 * @param name of the column; {@code score}
 */
record Variable(String name, boolean isScore) {
  private static final Variable SCORE = new Variable("score", true);

  /** The baseline's columns that the window has, by name, and the score if the model answered. */
  static List<Variable> of(BaselineCounts baseline, WindowCounts window) {
    List<Variable> all = new ArrayList<>();
    for (String name : new TreeSet<>(baseline.columns().keySet())) {
      if (window.columns().containsKey(name)) {
        all.add(new Variable(name, false));
      }
    }
    if (new ColumnCounts(window.scores(), 0, 0).known() > 0) {
      all.add(SCORE);
    }
    return all;
  }

  BaselineColumn in(BaselineCounts baseline) {
    if (isScore) {
      ColumnCounts scores = new ColumnCounts(baseline.scores(), 0, 0);
      return new BaselineColumn(ColumnKind.NUMBER, scores, null, 0);
    }
    BaselineColumn column = baseline.columns().get(name);
    if (column == null) {
      throw new IllegalArgumentException("the baseline has no column " + name);
    }
    return column;
  }

  /** The window's counts; null if the column was not captured. */
  @Nullable ColumnCounts in(WindowCounts window) {
    return isScore ? new ColumnCounts(window.scores(), 0, 0) : window.columns().get(name);
  }
}
