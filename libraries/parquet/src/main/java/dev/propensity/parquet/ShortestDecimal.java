package dev.propensity.parquet;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.core.io.schubfach.FloatToDecimal;
import java.math.BigDecimal;

/**
 * Binary numbers as the shortest decimal that reads back as the same number: 0.1f is {@code 0.1}.
 * Integers end in {@code .0}, and there is no exponent from 1e-4 up to 1e16, as in the CSV files of
 * pandas. The digits are those of Raffaello Giulietti's "The Schubfach way to render doubles", on
 * every version of Java.
 */
final class ShortestDecimal {
  private static final BigDecimal LEAST_PLAIN = new BigDecimal("1e-4");
  private static final BigDecimal LEAST_EXPONENT = new BigDecimal("1e16");

  private ShortestDecimal() {}

  static String of(double value) {
    return withoutExponent(DoubleToDecimal.toString(value));
  }

  static String of(float value) {
    return withoutExponent(FloatToDecimal.toString(value));
  }

  /**
   * @param java as Java writes it: with an exponent below 1e-3 and from 1e7 up
   */
  private static String withoutExponent(String java) {
    int exponent = java.indexOf('E');
    if (exponent < 0) {
      return java;
    }
    BigDecimal number = new BigDecimal(java);
    BigDecimal size = number.abs();
    if (size.compareTo(LEAST_PLAIN) >= 0 && size.compareTo(LEAST_EXPONENT) < 0) {
      String plain = number.stripTrailingZeros().toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = java.substring(0, exponent);
    return (digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits)
        + "e"
        + java.substring(exponent + 1);
  }
}
