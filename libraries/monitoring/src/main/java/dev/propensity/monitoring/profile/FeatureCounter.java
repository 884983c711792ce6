package dev.propensity.monitoring.profile;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.model.ColumnBaseline;
import dev.propensity.model.Histogram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts the values of a feature: words by code, others in the bins of the baseline. */
final class FeatureCounter {
  private final List<String> words;
  private final @Nullable Bins bins; // null for words
  private final long[] codes; // by word, and last those that are unseen
  private long missing;
  private long invalid;

  FeatureCounter(Encoder.Feature feature, ColumnBaseline baseline) {
    Histogram numbers = baseline.numbers();
    this.bins = numbers == null ? null : new Bins(numbers);
    this.words = ColumnBaseline.words(feature);
    this.codes = new long[words.size() + 1];
  }

  /** Counts a feature as {@link CellEncoder#encode} gives it. */
  void add(float value) {
    if (value != value) {
      if (CellEncoder.isInvalid(value)) {
        invalid++;
      } else {
        missing++;
      }
    } else if (bins != null) {
      bins.add(value);
    } else {
      codes[(int) value]++;
    }
  }

  /**
   * Counts every {@code width}th value.
   *
   * @param first where the first one is
   * @param end after the last one
   */
  void add(float[] values, int first, int end, int width) {
    // Fields in variables: the server's compiler does not keep them in registers.
    Bins numbers = bins;
    long[] counts = codes;
    for (int at = first; at < end; at += width) {
      float value = values[at];
      if (value != value) {
        add(value);
      } else if (numbers != null) {
        numbers.add(value);
      } else {
        counts[(int) value]++;
      }
    }
  }

  /** Adds the counts of another counter of the same feature. */
  void add(FeatureCounter other) {
    if (bins != null) {
      bins.add(Objects.requireNonNull(other.bins));
    }
    for (int code = 0; code < codes.length; code++) {
      codes[code] += other.codes[code];
    }
    missing += other.missing;
    invalid += other.invalid;
  }

  ColumnProfile profile() {
    if (bins != null) {
      return new ColumnProfile(missing, 0, invalid, bins.counts(), null);
    }
    Map<String, Long> values = new LinkedHashMap<>();
    for (int code = 0; code < words.size(); code++) {
      values.put(words.get(code), codes[code]);
    }
    return new ColumnProfile(missing, codes[words.size()], invalid, null, values);
  }
}
