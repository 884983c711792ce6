package dev.propensity.monitoring.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A feature's values in the rows of a window.
 *
 * @param missing how many rows have no value
 * @param unseen how many have a category that is not in the model's encoder
 * @param invalid how many have a value that the model's encoder rejects; another model answered
 * @param bins of a number, a date or a part of one, the rows in each bin of the baseline; null for
 *     other kinds
 * @param values of other kinds, how many rows have each value of the encoder; null for numbers and
 *     dates
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnProfile(
    long missing,
    long unseen,
    long invalid,
    long @Nullable [] bins,
    @Nullable Map<String, Long> values) {

  /** How many rows were captured with this column. */
  public long rows() {
    long rows = missing + unseen + invalid;
    if (bins != null) {
      for (long bin : bins) {
        rows += bin;
      }
    }
    if (values != null) {
      for (long value : values.values()) {
        rows += value;
      }
    }
    return rows;
  }

  /** The counts of both, which are in the same bins. */
  ColumnProfile plus(ColumnProfile other) {
    return new ColumnProfile(
        missing + other.missing,
        unseen + other.unseen,
        invalid + other.invalid,
        bins == null ? null : sum(bins, Objects.requireNonNull(other.bins)),
        values == null ? null : sum(values, Objects.requireNonNull(other.values)));
  }

  static long[] sum(long[] one, long[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(one.length + " bins and " + other.length);
    }
    long[] sum = one.clone();
    for (int bin = 0; bin < sum.length; bin++) {
      sum[bin] += other[bin];
    }
    return sum;
  }

  private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> sum = new LinkedHashMap<>(one);
    other.forEach((value, count) -> sum.merge(value, count, Long::sum));
    return sum;
  }
}
