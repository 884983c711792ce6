package dev.propensity.dataset.request;

import com.fasterxml.jackson.core.JsonParser;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.ColumnKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps JSON's numbers and booleans to a table's categories. In JSON, 28 and 28.0 are the same
 * number, though a category may be {@code 28.0}; and true is the second of a boolean's two values,
 * whatever they are.
 */
public final class JsonWords {
  private final List<Encoder.Feature> columns;
  private final List<Map<BigDecimal, char[]>> numbers;
  private final List<Map<String, char[]>> texts; // of the same categories, as most rows write them

  public JsonWords(Encoder encoder) {
    this.columns = encoder.columns();
    this.numbers = columns.stream().map(JsonWords::numbers).toList();
    this.texts = numbers.stream().map(JsonWords::texts).toList();
  }

  /** The category for the parser's current number. */
  public char[] ofNumber(int feature, JsonParser parser) throws IOException {
    Map<BigDecimal, char[]> words = numbers.get(feature);
    if (!words.isEmpty()) {
      char[] word = texts.get(feature).get(parser.getText());
      if (word != null) {
        return word;
      }
      BigDecimal number = canonical(parser.getText());
      if (number != null && words.containsKey(number)) {
        return words.get(number);
      }
    }
    return parser.getText().toCharArray();
  }

  /** The category for true or false. */
  public char[] ofBoolean(int feature, boolean value) {
    if (columns.get(feature).column().kind() == ColumnKind.BOOLEAN) {
      return columns.get(feature).column().values().get(value ? 1 : 0).toCharArray();
    }
    return String.valueOf(value).toCharArray();
  }

  private static Map<BigDecimal, char[]> numbers(Encoder.Feature feature) {
    Map<BigDecimal, char[]> words = new HashMap<>();
    List<String> all = new ArrayList<>(feature.column().missingValues());
    all.addAll(
        feature.column().kind() == ColumnKind.CATEGORY
            ? feature.categories()
            : feature.column().values());
    for (String word : all) {
      BigDecimal number = canonical(word);
      if (number != null) {
        words.putIfAbsent(number, word.toCharArray());
      }
    }
    return words;
  }

  private static Map<String, char[]> texts(Map<BigDecimal, char[]> words) {
    Map<String, char[]> texts = new HashMap<>();
    words.values().forEach(word -> texts.put(new String(word), word));
    return texts;
  }

  /** The same number in one form; null for other texts and for exponents beyond 32 bits. */
  private static @Nullable BigDecimal canonical(String number) {
    try {
      return new BigDecimal(number).stripTrailingZeros();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }
}
