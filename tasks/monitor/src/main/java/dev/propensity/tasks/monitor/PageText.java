package dev.propensity.tasks.monitor;

import dev.propensity.report.HtmlPage.Cell;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as the report writes them. */
final class PageText {
  static final String NONE = "–";

  private static final double SMALLEST_P = 0.0001;

  private PageText() {}

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** A share as a percentage. */
  static String percent(double share) {
    return format("%.2f%%", 100 * share);
  }

  /** A difference of shares in percentage points. */
  static String points(double difference) {
    double rounded = Math.rint(10_000 * difference) / 100;
    return format("%+.2f pp", rounded == 0 ? 0.0 : rounded);
  }

  static String effect(double effect) {
    return format("%.4f", effect);
  }

  static String pValue(double p) {
    return p < SMALLEST_P ? "< 0.0001" : format("%.4f", p);
  }

  /** At most so many digits, without zeros at the end. */
  static String shortest(double number, int digits) {
    return new BigDecimal(number)
        .round(new MathContext(digits))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** A number of things: {@code 1 row}, {@code 2 rows}. */
  static String count(long count, String one, String more) {
    return format("%,d %s", count, count == 1 ? one : more);
  }

  static Cell count(long count) {
    return Cell.number(format("%,d", count));
  }
}
