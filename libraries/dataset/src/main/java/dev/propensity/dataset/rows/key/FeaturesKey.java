package dev.propensity.dataset.rows.key;

import dev.propensity.dataset.encoder.CanonicalWord;
import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.VocabularyBuilder;
import dev.propensity.dataset.encoder.WordIndex;
import dev.propensity.dataset.split.Splitter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A 64-bit hash of the row's features as the model gets them: numbers as float32, categories by
 * their words in canonical form, since their codes depend on the order of the rows. Columns that
 * are not features do not count.
 */
public final class FeaturesKey implements SplitKey {
  private static final int MISSING = Float.floatToIntBits(Float.NaN);

  private static final long ODD = 0x9E3779B97F4A7C15L;

  private final int[] features; // the columns that are features
  private final @Nullable WordHashes[] words; // by feature; null where its value counts
  private final byte[] bytes = new byte[Long.BYTES];

  /**
   * @param readers of the specification's columns, which collect their words
   * @param withPoint gives a number with a decimal comma a point, and leaves other words unchanged
   */
  public FeaturesKey(List<CellReader> readers, UnaryOperator<String> withPoint) {
    List<Integer> places = new ArrayList<>();
    List<@Nullable WordHashes> hashes = new ArrayList<>();
    for (int i = 0; i < readers.size(); i++) {
      CellReader reader = readers.get(i);
      if (reader.column.feature()) {
        places.add(i);
        hashes.add(
            reader instanceof VocabularyBuilder open
                ? new WordHashes(open.words, withPoint)
                : null);
      }
    }
    this.features = places.stream().mapToInt(Integer::intValue).toArray();
    this.words = hashes.toArray(WordHashes[]::new);
  }

  @Override
  public byte[] bytes(RowValues values) {
    long hash = features.length;
    for (int i = 0; i < features.length; i++) {
      hash = Splitter.mix(hash * 31 + Splitter.mix(part(i, values.value(features[i])) + i));
    }
    ByteBuffer.wrap(bytes).putLong(hash);
    return bytes;
  }

  /**
   * Another hash of the same, for comparisons within a table: it takes less time, and no split
   * depends on it.
   *
   * @param values of the features, in their order; what follows does not count
   */
  public long fingerprint(float[] values) {
    long hash = features.length;
    for (int i = 0; i < features.length; i++) {
      hash = (hash ^ part(i, values[i])) * ODD;
      hash ^= hash >>> 32;
    }
    return Splitter.mix(hash);
  }

  private long part(int feature, float cell) {
    float value = cell + 0.0f; // -0 is 0
    WordHashes categories = words[feature];
    return value != value
        ? MISSING
        : categories != null ? categories.of((int) value) : Float.floatToIntBits(value);
  }

  /** The hashes of a column's words, by their provisional codes. */
  private static final class WordHashes {
    private final WordIndex words;
    private final UnaryOperator<String> withPoint;
    private long[] hashes = new long[16];
    private int size;

    WordHashes(WordIndex words, UnaryOperator<String> withPoint) {
      this.words = words;
      this.withPoint = withPoint;
    }

    long of(int code) {
      while (size <= code) {
        if (size == hashes.length) {
          hashes = Arrays.copyOf(hashes, size * 2);
        }
        hashes[size] = hash(CanonicalWord.of(withPoint.apply(words.word(size))));
        size++;
      }
      return hashes[code];
    }

    private static long hash(String word) {
      long hash = word.length();
      for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
        hash = Splitter.mix(hash * 31 + b);
      }
      return hash;
    }
  }
}
