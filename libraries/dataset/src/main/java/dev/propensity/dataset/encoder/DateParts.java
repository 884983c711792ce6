package dev.propensity.dataset.encoder;

import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatePart;
import dev.propensity.dataset.specification.DateRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The features that are parts of dates. In a row they come after those of all columns, in the
 * columns' order. A part of a missing date is missing.
 */
public final class DateParts {
  private record Source(int place, Column column, DateRule rule, DatePart part) {}

  private final int first;
  private final List<Source> sources = new ArrayList<>(); // by the feature's place, from the first

  /**
   * @param columns that are features, in their order
   */
  public DateParts(List<Column> columns) {
    this.first = columns.size();
    for (int i = 0; i < first; i++) {
      for (DatePart part : columns.get(i).parts()) {
        Column column = columns.get(i);
        sources.add(new Source(i, column, Objects.requireNonNull(column.date()), part));
      }
    }
  }

  /** The features, in their order. */
  public List<Encoder.Feature> features() {
    return sources.stream()
        .map(source -> new Encoder.Feature(source.column, source.part, List.of(), false))
        .toList();
  }

  public boolean isEmpty() {
    return sources.isEmpty();
  }

  /**
   * Computes the parts of a row's dates.
   *
   * @param values has the features of the columns from {@code offset}, and gets the parts after
   *     them
   */
  public void fill(float[] values, int offset) {
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      float days = values[offset + source.place];
      values[offset + first + i] =
          days != days ? Float.NaN : source.part.of(source.rule.date(days));
    }
  }
}
