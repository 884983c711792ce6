package dev.propensity.dataset;

import dev.propensity.foundation.UserException;

/** Turns a column's cells into float32 features, and refuses those that break its rule. */
abstract class CellReader {
  final Column column;

  CellReader(Column column) {
    this.column = column;
  }

  /**
   * The cell's feature; NaN for an empty cell.
   *
   * @throws BadCell where the cell breaks the column's rule
   */
  final float read(char[] text, int offset, int length) {
    if (length > 0) {
      return value(text, offset, length);
    }
    if (!column.missing()) {
      throw bad(text, offset, 0, BadCell.Rule.MISSING, "a value must stand here");
    }
    return Float.NaN;
  }

  abstract float value(char[] text, int offset, int length);

  final BadCell bad(char[] text, int offset, int length, BadCell.Rule rule, String message) {
    return new BadCell(column.name(), new String(text, offset, length), rule, message);
  }

  final BadCell notListed(char[] text, int offset, int length) {
    String all = String.join(", ", column.values());
    return bad(text, offset, length, BadCell.Rule.NOT_LISTED, "must be one of " + all);
  }

  /** A number within its bounds; the feature is the float32 nearest to its double. */
  static final class Number extends CellReader {
    final double minimum;
    final double maximum;

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
      throw refused(value, text, offset, length);
    }

    private BadCell refused(double value, char[] text, int offset, int length) {
      if (Double.isNaN(value)) {
        return Numbers.isNotFinite(new String(text, offset, length))
            ? bad(text, offset, length, BadCell.Rule.NOT_FINITE, "not a finite number")
            : bad(text, offset, length, BadCell.Rule.NOT_A_NUMBER, "not a number");
      }
      String bound =
          value < minimum
              ? "below " + (column.minimum() == null ? "float32's range" : plain(minimum))
              : "above " + (column.maximum() == null ? "float32's range" : plain(maximum));
      return bad(text, offset, length, BadCell.Rule.OUT_OF_RANGE, bound);
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
    private final WordIndex words;

    Listed(Column column) {
      super(column);
      this.words = new WordIndex(column.values());
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
  static final class Fitted extends CellReader {
    private final WordIndex categories;
    private final WordIndex allowed;

    Fitted(Encoder.Feature feature) {
      super(feature.column());
      this.categories = new WordIndex(feature.categories());
      this.allowed = column.values().isEmpty() ? null : new WordIndex(column.values());
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
      return categories.size();
    }
  }

  /** A category whose words are gathered; the feature is a provisional code, by first sight. */
  static final class Gathering extends CellReader {
    private static final int MOST_WORDS = 50_000;

    final WordIndex words;
    private final boolean closed;

    Gathering(Column column) {
      super(column);
      this.words = new WordIndex(column.values());
      this.closed = !column.values().isEmpty();
    }

    @Override
    float value(char[] text, int offset, int length) {
      if (!closed) {
        if (words.size() > MOST_WORDS) {
          throw new UserException(
              "the column "
                  + column.name()
                  + " has more than "
                  + MOST_WORDS
                  + " different values: it is no category; leave it out, or make it a number");
        }
        return words.add(text, offset, length);
      }
      int code = words.find(text, offset, length);
      if (code < 0) {
        throw notListed(text, offset, length);
      }
      return code;
    }
  }

  /** The reader of a feature whose encoder is fitted. */
  static CellReader of(Encoder.Feature feature) {
    return switch (feature.column().kind()) {
      case NUMBER -> new Number(feature.column());
      case CATEGORY -> new Fitted(feature);
      case ORDINAL, BOOLEAN -> new Listed(feature.column());
    };
  }

  /** The reader of a column before the encoder is fitted. */
  static CellReader gathering(Column column) {
    return switch (column.kind()) {
      case NUMBER -> new Number(column);
      case CATEGORY -> new Gathering(column);
      case ORDINAL, BOOLEAN -> new Listed(column);
    };
  }
}
