package dev.propensity.foundation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** A number in {@link CanonicalJson}. */
final class CanonicalNumber {
  /** The largest integer; all up to it are exact as doubles. */
  static final long MAX_INTEGER = 1L << 53;

  private static final RoundingMode[] ROUNDINGS = {RoundingMode.HALF_EVEN, RoundingMode.UP};

  private CanonicalNumber() {}

  /**
   * A double as ECMAScript's {@code Number::toString} writes it: the shortest digits that read back
   * as the same value, without an exponent from 1e-6 up to 1e21.
   */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(value + " is not allowed in JSON");
    }
    if (value == (long) value && Math.abs(value) < MAX_INTEGER) {
      return Long.toString((long) value);
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale(); // position of the decimal point in the digits
    String sign = value < 0 ? "-" : "";
    if (point > 21 || point < -5) {
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      int exponent = point - 1;
      return sign + digits.charAt(0) + fraction + (exponent > 0 ? "e+" : "e") + exponent;
    }
    if (point <= 0) {
      return sign + "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return sign + digits + "0".repeat(point - digits.length());
    }
    return sign + digits.substring(0, point) + "." + digits.substring(point);
  }

  // Double.toString before Java 19 sometimes writes a digit too many, or not the closest one
  // (JDK-4511638), which would make the bytes depend on the Java version.
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    for (int precision = shortest.precision(); precision > 0; precision--) {
      BigDecimal closest = closest(exact, precision);
      if (closest != null) {
        shortest = closest.stripTrailingZeros();
      } else if (precision < shortest.precision()) {
        break;
      }
    }
    return shortest;
  }

  // Below a power of two, doubles are twice as dense as above it: there the closest decimal may be
  // another double's, and the one on the other side still this one's.
  private static @Nullable BigDecimal closest(BigDecimal exact, int precision) {
    for (RoundingMode rounding : ROUNDINGS) {
      BigDecimal rounded = exact.round(new MathContext(precision, rounding));
      if (rounded.doubleValue() == exact.doubleValue()) {
        return rounded;
      }
    }
    return null;
  }
}
