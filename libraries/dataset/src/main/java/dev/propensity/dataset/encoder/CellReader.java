package dev.propensity.dataset.encoder;

import dev.propensity.dataset.specification.Column;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CellText;
import dev.propensity.table.NumberHints;
import dev.propensity.table.Numbers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a column's cells into float32 features, and rejects those that break its rule. */
public abstract class CellReader {
  public final Column column;
  private final @Nullable WordIndex missingValues; // null where there are none

  CellReader(Column column) {
    this.column = column;
    this.missingValues =
        column.missingValues().isEmpty()
            ? null
            : new WordIndex(column.missingValues().stream().map(CellReader::trimmed).toList());
  }

  /** Whether this character may be left out around a cell. */
  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** The text without the blanks around it. */
  public static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /**
   * The cell's feature; NaN for a missing value. Blanks around the cell are left out.
   *
   * @throws BadCell where the cell breaks the column's rule
   */
  public final float read(char[] text, int offset, int length) {
    int from = offset;
    int to = offset + length;
    while (from < to && isBlank(text[from])) {
      from++;
    }
    while (to > from && isBlank(text[to - 1])) {
      to--;
    }
    if (!isMissing(text, from, to)) {
      return value(text, from, to - from);
    }
    if (!column.missing()) {
      throw bad(text, from, to - from, BadCell.Rule.MISSING, "value is missing");
    }
    return Float.NaN;
  }

  private boolean isMissing(char[] text, int from, int to) {
    return from == to || missingValues != null && missingValues.find(text, from, to - from) >= 0;
  }

  /** Whether the text is a word that means a missing value. */
  public final boolean isMissingWord(CellText text) {
    return missingValues != null && isMissing(trimmed(text.string()));
  }

  /** Whether the text, which is trimmed, is empty or a word that means a missing value. */
  final boolean isMissing(String text) {
    return isMissing(text.toCharArray(), 0, text.length());
  }

  abstract float value(char[] text, int offset, int length);

  /** Whether a cell that is a number is compared as a number, whatever its decimal sign. */
  public boolean comparesNumbers() {
    return false;
  }

  final BadCell bad(char[] text, int offset, int length, BadCell.Rule rule, String message) {
    return new BadCell(column.name(), new String(text, offset, length), rule, message);
  }

  final BadCell notListed(char[] text, int offset, int length) {
    String all = String.join(", ", column.values());
    return bad(text, offset, length, BadCell.Rule.NOT_LISTED, "must be one of " + all);
  }

  /** A number within its bounds; the feature is the float32 nearest to its double. */
  public static final class Number extends CellReader {
    public final double minimum;
    public final double maximum;

    Number(Column column) {
      super(column);
      this.minimum = column.minimum() == null ? -Float.MAX_VALUE : column.minimum();
      this.maximum = column.maximum() == null ? Float.MAX_VALUE : column.maximum();
    }

    @Override
    float value(char[] text, int offset, int length) {
      double value = Numbers.parseOrNaN(text, offset, length);
      if (value >= minimum && value <= maximum) {
        return (float) value;
      }
      throw rejection(value, text, offset, length);
    }

    private BadCell rejection(double value, char[] text, int offset, int length) {
      if (Double.isNaN(value)) {
        return Numbers.isNotFinite(new String(text, offset, length))
            ? bad(
                text,
                offset,
                length,
                BadCell.Rule.NOT_FINITE,
                "not a finite number" + hint(text, offset, length))
            : bad(
                text,
                offset,
                length,
                BadCell.Rule.NOT_A_NUMBER,
                "not a number" + hint(text, offset, length));
      }
      String bound =
          value < minimum
              ? "below " + (column.minimum() == null ? "float32's range" : plain(minimum))
              : "above " + (column.maximum() == null ? "float32's range" : plain(maximum));
      return bad(text, offset, length, BadCell.Rule.OUT_OF_RANGE, bound);
    }

    private static String hint(char[] text, int offset, int length) {
      return NumberHints.of(new String(text, offset, length));
    }

    /** Whether a plain number in the text may be read without a look at the missing values. */
    public boolean readsPlainNumbers() {
      return column.missingValues().stream()
          .map(word -> trimmed(word).replace(',', '.')) // as any decimal sign writes it
          .allMatch(word -> Double.isNaN(Numbers.parseOrNaN(word)));
    }

    private static String plain(double bound) {
      return new java.math.BigDecimal(bound)
          .round(new java.math.MathContext(15))
          .stripTrailingZeros()
          .toPlainString();
    }
  }

  /** One of a closed list of words; the feature is its place in an index. */
  static final class Listed extends CellReader {
    private final WordCodes words;

    Listed(Column column) {
      super(column);
      this.words = WordCodes.of(column.values());
    }

    @Override
    public boolean comparesNumbers() {
      return words.isNumeric();
    }

    @Override
    float value(char[] text, int offset, int length) {
      int code = words.find(text, offset, length);
      if (code >= 0) {
        return code;
      }
      throw notListed(text, offset, length);
    }
  }

  /** A category with fitted codes; what was unseen in training gets the code after them. */
  public static final class FittedCategory extends CellReader {
    public final int unseen;
    private final WordCodes categories;
    private final @Nullable WordCodes allowed;
    private final List<String> words;
    private final LookAlikes lookAlikes;

    FittedCategory(Encoder.Feature feature) {
      super(feature.column());
      this.unseen = feature.categories().size();
      this.categories = new WordCodes(feature.categories(), feature.numeric());
      this.allowed = column.values().isEmpty() ? null : WordCodes.of(column.values());
      this.words = feature.categories();
      this.lookAlikes = new LookAlikes(words);
    }

    @Override
    public boolean comparesNumbers() {
      return categories.isNumeric();
    }

    /** The known category that this unseen one looks like; null where there is none. */
    public @Nullable String lookAlike(String word) {
      String known = lookAlikes.of(word);
      if (known != null) {
        return known;
      }
      char[] folded =
          LookAlikes.folded(word).toCharArray(); // 28 in wide digits, where 28.0 is known
      int code = categories.find(folded, 0, folded.length);
      return code < 0 ? null : words.get(code);
    }

    @Override
    float value(char[] text, int offset, int length) {
      int code = categories.find(text, offset, length);
      if (code >= 0) {
        return code;
      }
      if (allowed != null && allowed.find(text, offset, length) < 0) {
        throw notListed(text, offset, length);
      }
      return unseen;
    }
  }

  /** A category whose words are collected; the feature is a provisional code, by first sight. */
  public static final class VocabularyBuilder extends CellReader {
    private static final int MAX_WORDS = 50_000;

    public final WordIndex words;
    private final @Nullable WordCodes allowed; // null where any word is

    VocabularyBuilder(Column column) {
      super(column);
      this.words = new WordIndex(column.values());
      this.allowed = column.values().isEmpty() ? null : WordCodes.of(column.values());
    }

    /** Whether the words of an open category are numbers is known at the end only. */
    @Override
    public boolean comparesNumbers() {
      return allowed != null && allowed.isNumeric();
    }

    @Override
    float value(char[] text, int offset, int length) {
      if (allowed != null) {
        int code = allowed.find(text, offset, length);
        if (code < 0) {
          throw notListed(text, offset, length);
        }
        return code;
      }
      int code = words.find(text, offset, length);
      return code >= 0 ? code : added(text, offset, length);
    }

    private int added(char[] text, int offset, int length) {
      if (words.size() > MAX_WORDS) {
        throw new UserException(
            "the column "
                + column.name()
                + " has more than "
                + MAX_WORDS
                + " distinct values, too many for a category; leave it out, or make it a number");
      }
      String normal = WordCodes.normalized(text, offset, length);
      return normal == null
          ? words.add(text, offset, length)
          : words.add(normal.toCharArray(), 0, normal.length());
    }
  }

  /** The reader of a feature whose encoder is fitted. */
  static CellReader of(Encoder.Feature feature) {
    return switch (feature.column().kind()) {
      case NUMBER -> new Number(feature.column());
      case CATEGORY -> new FittedCategory(feature);
      case ORDINAL, BOOLEAN -> new Listed(feature.column());
    };
  }

  /** Any value of a category; the feature is meaningless. */
  static final class AnyWord extends CellReader {
    AnyWord(Column column) {
      super(column);
    }

    @Override
    float value(char[] text, int offset, int length) {
      return 0;
    }
  }

  /** The reader of a column whose cells are only checked. */
  public static CellReader checking(Column column) {
    return switch (column.kind()) {
      case NUMBER -> new Number(column);
      case CATEGORY -> column.values().isEmpty() ? new AnyWord(column) : new Listed(column);
      case ORDINAL, BOOLEAN -> new Listed(column);
    };
  }

  /** The reader of a column before the encoder is fitted. */
  public static CellReader building(Column column) {
    return switch (column.kind()) {
      case NUMBER -> new Number(column);
      case CATEGORY -> new VocabularyBuilder(column);
      case ORDINAL, BOOLEAN -> new Listed(column);
    };
  }
}
