package dev.propensity.dataset.profile;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.LookAlikes;
import dev.propensity.dataset.encoder.VocabularyBuilder;
import dev.propensity.dataset.encoder.WordCodes;
import dev.propensity.dataset.rows.DecimalSign;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.split.Split;
import dev.propensity.table.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Statistics of one column's cells by split; collected in the rows' order. */
public final class ColumnSummary {
  /** More distinct numbers than this are not counted. */
  static final int MAX_DISTINCT = 10_000;

  private static final int SPLITS = Split.values().length;

  public final Column column;
  public final CellReader reader;
  private final boolean words; // whether values are words; else they are numbers or days
  private final long[] missing = new long[SPLITS];
  private final long[] trainMissing = new long[2]; // by label
  private final long[] trainPresent = new long[2];
  private final long[] present = new long[SPLITS];
  private final double[] sum = new double[SPLITS];
  private final float[] minimum = new float[SPLITS];
  private final float[] maximum = new float[SPLITS];
  private final long[][] codes = new long[SPLITS][16];
  private final NumberSet distinct = new NumberSet(MAX_DISTINCT);
  private final NumberOrder order = new NumberOrder();

  private boolean numeric;
  private boolean decimalCommas;

  /**
   * @param reader of the column's cells, which collects its words
   */
  public ColumnSummary(Column column, CellReader reader) {
    this.column = column;
    this.reader = reader;
    this.words = column.kind().hasWords();
    Arrays.fill(minimum, Float.POSITIVE_INFINITY);
    Arrays.fill(maximum, Float.NEGATIVE_INFINITY);
  }

  public void add(Split split, float value, double number, byte label) {
    int index = split.ordinal();
    if (split == Split.TRAIN) {
      (value != value ? trainMissing : trainPresent)[label]++;
    }
    if (value != value) {
      missing[index]++;
      return;
    }
    present[index]++;
    if (words) {
      count(index, (int) value, 1);
      return;
    }
    sum[index] += value;
    minimum[index] = Math.min(minimum[index], value);
    maximum[index] = Math.max(maximum[index], value);
    distinct.add(value, number);
    order.add(number);
  }

  private void count(int split, int code, long rows) {
    if (code >= codes[split].length) {
      codes[split] = Arrays.copyOf(codes[split], Math.max(code + 1, codes[split].length * 2));
    }
    codes[split][code] += rows;
  }

  /** How many train rows of this label have no value. */
  long trainMissing(int label) {
    return trainMissing[label];
  }

  /** How many train rows of this label have a value. */
  long trainPresent(int label) {
    return trainPresent[label];
  }

  long missing(Split split) {
    return missing[split.ordinal()];
  }

  long present(Split split) {
    return present[split.ordinal()];
  }

  double mean(Split split) {
    return sum[split.ordinal()] / present[split.ordinal()];
  }

  float minimum(Split split) {
    return minimum[split.ordinal()];
  }

  float maximum(Split split) {
    return maximum[split.ordinal()];
  }

  /** How many rows of this split have this word. */
  long count(Split split, int code) {
    long[] counts = codes[split.ordinal()];
    return code < counts.length ? counts[code] : 0;
  }

  /** How many rows have this word. */
  long count(int code) {
    return Arrays.stream(Split.values()).mapToLong(split -> count(split, code)).sum();
  }

  /** The words by code: an ordinal's or boolean's values, a category's by first sight. */
  public List<String> words() {
    if (!(reader instanceof VocabularyBuilder builder)) {
      return column.values();
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < builder.words.size(); i++) {
      String word = builder.words.word(i);
      words.add(decimalCommas ? DecimalSign.withPoint(word) : word);
    }
    return words;
  }

  /** How many different values there are; one above {@link #MAX_DISTINCT} where more. */
  int distinct() {
    if (!words) {
      return distinct.size();
    }
    return (int) IntStream.range(0, words().size()).filter(code -> count(code) > 0).count();
  }

  /**
   * How many numbers are the same in float32 as another one that differs from them; at least so
   * many where {@link #distinct} is above {@link #MAX_DISTINCT}.
   */
  long merged() {
    return distinct.merged();
  }

  /** Whether no number is there twice, of the first {@link #MAX_DISTINCT}. */
  boolean hasNoRepeats() {
    return distinct.repeats() == 0;
  }

  /** The order of its numbers. */
  NumberOrder order() {
    return order;
  }

  /** Whether a category's words are compared as numbers; known once they are unified. */
  public boolean numeric() {
    return numeric;
  }

  /** Whether words are numbers with decimal commas, which {@link #words} gives with points. */
  public boolean hasDecimalCommas() {
    return decimalCommas;
  }

  /**
   * Completes the summary after all rows: where each word that train has is a number, or each word
   * of a closed list, words of one number become one, the shortest that train has. Words that are
   * not compared as numbers stay as they are in the table.
   *
   * @param comma whether numbers in the table have a decimal comma
   */
  public void unify(boolean comma) {
    if (column.kind() != ColumnKind.CATEGORY) {
      return;
    }
    decimalCommas = comma && column.values().isEmpty();
    numeric = WordCodes.areNumbers(column.values().isEmpty() ? categories() : column.values());
    if (!numeric) {
      decimalCommas = false;
      return;
    }
    List<String> words = words();
    Map<Double, Integer> chosen = new HashMap<>();
    Comparator<Integer> best =
        Comparator.<Integer, Boolean>comparing(code -> count(Split.TRAIN, code) == 0)
            .thenComparing(code -> words.get(code).length())
            .thenComparing(words::get);
    for (int code = 0; code < words.size(); code++) {
      double number = WordCodes.number(words.get(code));
      if (!Double.isNaN(number)) {
        chosen.merge(number, code, (a, b) -> best.compare(a, b) <= 0 ? a : b);
      }
    }
    for (int code = 0; code < words.size(); code++) {
      int into = chosen.getOrDefault(WordCodes.number(words.get(code)), code);
      for (int split = 0; into != code && split < SPLITS; split++) {
        long moved = code < codes[split].length ? codes[split][code] : 0;
        if (moved > 0) {
          codes[split][code] = 0;
          count(split, into, moved);
        }
      }
    }
  }

  /** Groups of words that look alike, in their order. */
  List<List<String>> lookAlikes() {
    List<String> words = words();
    return LookAlikes.groups(
        IntStream.range(0, words.size())
            .filter(code -> count(code) > 0)
            .mapToObj(words::get)
            .toList());
  }

  /** A category's words that train has, in the order of their codes. */
  public List<String> categories() {
    List<String> words = words();
    List<String> seen = new ArrayList<>();
    for (int code = 0; code < words.size(); code++) {
      if (count(Split.TRAIN, code) > 0) {
        seen.add(words.get(code));
      }
    }
    seen.sort(ORDER);
    return seen;
  }

  /** Numbers first, by value; the rest, and equal numbers, by their text. */
  static final Comparator<String> ORDER =
      Comparator.comparingDouble(ColumnSummary::number).thenComparing(Comparator.naturalOrder());

  private static double number(String word) {
    double number = Numbers.parseOrNaN(word);
    return Double.isNaN(number) ? Double.POSITIVE_INFINITY : number == 0 ? 0 : number;
  }
}
