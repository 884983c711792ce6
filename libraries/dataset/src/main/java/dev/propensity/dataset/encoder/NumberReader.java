package dev.propensity.dataset.encoder;

import dev.propensity.dataset.specification.Column;
import dev.propensity.table.NumberHints;
import dev.propensity.table.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Reads a number within its bounds, which are inclusive; the feature is the float32 nearest to its
 * double. The cell is invalid where it is not a number, not finite or out of bounds.
 *
 * <p>{@code RowDecoder} reads plain numbers with {@link dev.propensity.table.CsvCells#number(byte)}
 * first; this class reads the rest.
 */
public final class NumberReader extends CellReader {
  public final double minimum;
  public final double maximum;

  NumberReader(Column column) {
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

  private InvalidCell rejection(double value, char[] text, int offset, int length) {
    if (Double.isNaN(value)) {
      String word = new String(text, offset, length);
      boolean notFinite = Numbers.isNotFinite(word);
      InvalidCell.Rule rule =
          notFinite ? InvalidCell.Rule.NOT_FINITE : InvalidCell.Rule.NOT_A_NUMBER;
      String message = notFinite ? "not a finite number" : "not a number";
      return invalid(text, offset, length, rule, message + NumberHints.of(word));
    }
    String bound =
        value < minimum
            ? "below " + (column.minimum() == null ? "float32's range" : plain(minimum))
            : "above " + (column.maximum() == null ? "float32's range" : plain(maximum));
    return invalid(text, offset, length, InvalidCell.Rule.OUT_OF_RANGE, bound);
  }

  /** Whether a plain number in the text may be read without a look at the missing values. */
  public boolean readsPlainNumbers() {
    return column.missingValues().stream()
        .map(word -> trimmed(word).replace(',', '.')) // as any decimal sign writes it
        .allMatch(word -> Double.isNaN(Numbers.parseOrNaN(word)));
  }

  private static String plain(double bound) {
    return new BigDecimal(bound).round(new MathContext(15)).stripTrailingZeros().toPlainString();
  }
}
