package dev.propensity.table;

/** Decimal numbers of few digits, computed exactly. */
public final class Decimals {
  /** Any number of so many digits is exact as a double. */
  public static final int EXACT_DIGITS = 15;

  /** How many digits may be behind the point: 10<sup>22</sup> is the last exact power of ten. */
  public static final int MAX_FRACTION_DIGITS = 22;

  private static final double[] POWERS = new double[MAX_FRACTION_DIGITS + 1];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private Decimals() {}

  /**
   * The number with these digits: the double nearest to it (Clinger's fast path: both operands of
   * the one division are exact).
   *
   * @param digits below 2<sup>53</sup>
   * @param fraction how many of them are behind the point, at most {@value #MAX_FRACTION_DIGITS}
   */
  public static double of(long digits, int fraction) {
    return fraction == 0 ? digits : digits / POWERS[fraction];
  }
}
