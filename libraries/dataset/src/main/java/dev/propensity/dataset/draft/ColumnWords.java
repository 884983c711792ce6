package dev.propensity.dataset.draft;

import dev.propensity.dataset.encoder.WordCodes;
import dev.propensity.table.NumberHints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A column's different values: numbers, other words, and words that mean a missing value. */
final class ColumnWords {
  private static final double FEW_ROWS = 0.05; // of other words among numbers
  private static final int FEW_WORDS = 3;
  private static final double ALMOST_ALL = 0.9;

  private final ColumnProfile column;
  private final Map<String, Long> numbers;
  private final Map<String, Long> words;
  private final List<String> missingWords = new ArrayList<>();
  private List<Integer> sentinels = List.of();
  private final boolean ofNumbers;
  private long missing;

  ColumnWords(ColumnProfile column) {
    this.column = column;
    this.numbers = column.numberWords();
    this.words = new LinkedHashMap<>(column.textWords());
    this.missing = column.empty();
    takeMissing(false);
    long others = column.rows() - missing - column.numberRows();
    boolean few = words.size() <= FEW_WORDS && others <= FEW_ROWS * column.rows();
    boolean allMissing = words.keySet().stream().allMatch(word -> CellWords.isMissing(word, true));
    this.ofNumbers = column.numberRows() > 0 && !column.hasMoreTexts() && (few || allMissing);
    if (ofNumbers) {
      takeMissing(true);
    }
  }

  /** Moves the words that mean a missing value. */
  private void takeMissing(boolean amongNumbers) {
    for (Map.Entry<String, Long> entry : Map.copyOf(words).entrySet()) {
      String word = entry.getKey();
      if (word.isEmpty() || CellWords.isMissing(word, amongNumbers)) {
        words.remove(word);
        missing += entry.getValue();
        if (!word.isEmpty()) {
          missingWords.add(word);
        }
      }
    }
    missingWords.sort(null);
  }

  /** Reads words as missing values, too; returns in how many rows. */
  long take(List<String> taken) {
    long rows = 0;
    for (String word : taken) {
      rows += words.getOrDefault(word, 0L);
      words.remove(word);
    }
    missing += rows;
    missingWords.addAll(taken);
    return rows;
  }

  /** Reads numbers that probably mean a missing value as such. */
  void takeSentinels() {
    boolean signed = NameWords.isSigned(column.name);
    sentinels = column.range().sentinels(column.rows(), differentNumbers().size(), signed);
    for (int sentinel : sentinels) {
      missing += column.range().rows(sentinel);
      List<String> spellings =
          numbers.keySet().stream()
              .filter(word -> WordCodes.number(word.replace(',', '.')) == sentinel)
              .toList();
      numbers.keySet().removeAll(spellings);
      missingWords.add(String.valueOf(sentinel)); // as a request may write it
      spellings.stream().filter(word -> !missingWords.contains(word)).forEach(missingWords::add);
    }
  }

  /** The numbers that are read as missing values, ascending. */
  List<Integer> sentinels() {
    return sentinels;
  }

  /** The dates among the words; null where there are others. */
  @Nullable AlmostDates almostDates() {
    boolean known = numbers.isEmpty() && !column.hasMoreTexts();
    return known ? AlmostDates.of(words) : null;
  }

  /** Whether the values are numbers, but for a few words. */
  boolean areNumbers() {
    return ofNumbers;
  }

  /** How many rows have no value. */
  long missing() {
    return missing;
  }

  /** How many rows have a value. */
  long present() {
    return column.rows() - missing;
  }

  /** The words that mean a missing value, sorted. */
  List<String> missingWords() {
    return List.copyOf(missingWords);
  }

  /** The words that are neither numbers nor mean a missing value, by first sight. */
  List<String> words() {
    return List.copyOf(words.keySet());
  }

  /** All values, the numbers first, by first sight. */
  List<String> all() {
    return Stream.concat(numbers.keySet().stream(), words.keySet().stream()).toList();
  }

  /** The numbers, of each the most frequent way to write it. */
  List<String> differentNumbers() {
    if (column.hasLeadingZeros()) {
      return List.copyOf(numbers.keySet());
    }
    Map<Double, String> spellings = new LinkedHashMap<>();
    for (String word : numbers.keySet()) {
      spellings.merge(
          WordCodes.number(word.replace(',', '.')),
          word,
          (a, b) -> numbers.getOrDefault(a, 0L) >= numbers.getOrDefault(b, 0L) ? a : b);
    }
    return List.copyOf(spellings.values());
  }

  /** Whether not all different values are known. */
  boolean hasMore() {
    return column.hasMoreNumbers() || column.hasMoreTexts();
  }

  /** How many different values there are, in words. */
  String distinct() {
    return String.format(
        Locale.ROOT, hasMore() ? "over %,d" : "%,d", numbers.size() + words.size());
  }

  /** What is wrong with almost all words, where they are numbers written in another way. */
  String hint() {
    String hint = "";
    long rows = 0;
    for (Map.Entry<String, Long> word : words.entrySet()) {
      String one = NumberHints.of(word.getKey());
      if (!one.isEmpty() && (hint.isEmpty() || hint.equals(one))) {
        hint = one;
        rows += word.getValue();
      }
    }
    long all = words.values().stream().mapToLong(Long::longValue).sum();
    return rows > 0 && rows >= ALMOST_ALL * all ? hint : "";
  }
}
