package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.encoder.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JSON row that are no columns. Only where a column is omitted, they are compared
 * with its name. Reused for the next row.
 */
final class UnknownKeys {
  /**
   * The maximum number of unknown keys kept for a row, until they are checked, and for a request.
   */
  private static final int MAX_KEYS = 1000;

  private final Encoder encoder;
  private final List<String> keys = new ArrayList<>(); // of the row, not checked yet
  private final Map<String, Integer> features = new HashMap<>(); // by key; -1 where none is alike
  private final String[] alike; // by column, the row's key that looks like it

  UnknownKeys(Encoder encoder) {
    this.encoder = encoder;
    this.alike = new String[encoder.columns().size()];
  }

  /** Begins with the next row. */
  void clear() {
    Arrays.fill(alike, null);
    keys.clear();
  }

  void add(String key) {
    if (keys.size() == MAX_KEYS) {
      check();
    }
    keys.add(key);
  }

  /** Finds the features that the row's keys look like, and forgets the keys. */
  void check() {
    for (String key : keys) {
      int feature = feature(key);
      if (feature >= 0) {
        alike[feature] = key;
      }
    }
    keys.clear();
  }

  /** The row's key that looks like the feature's column, as far as keys are checked. */
  @Nullable String alike(int feature) {
    return alike[feature];
  }

  private int feature(String key) {
    Integer feature = features.get(key);
    if (feature == null) {
      feature = encoder.findAlike(key);
      if (features.size() < MAX_KEYS) {
        features.put(key, feature);
      }
    }
    return feature;
  }
}
