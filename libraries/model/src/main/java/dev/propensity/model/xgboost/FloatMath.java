package dev.propensity.model.xgboost;

/**
 * {@code expf} and {@code logf} as glibc computes them since 2.27, after Arm's <a
 * href="https://github.com/ARM-software/optimized-routines">optimized routines</a>: with them the
 * scores are those of XGBoost to the bit. They differ from the correctly rounded values in the last
 * bit of one float in a thousand.
 */
final class FloatMath {
  private static final int EXP_STEPS = 32;
  private static final double STEPS_IN_E = 0x1.71547652b82fep+0 * EXP_STEPS; // 32 / ln 2
  private static final double ROUNDING = 0x1.8p+52; // adding it leaves a whole number in the bits
  private static final int STEP_SHIFT = 52 - 5;
  private static final long[] POWERS = new long[EXP_STEPS];
  private static final double E3 = 0x1.c6af84b912394p-5 / EXP_STEPS / EXP_STEPS / EXP_STEPS;
  private static final double E2 = 0x1.ebfce50fac4f3p-3 / EXP_STEPS / EXP_STEPS;
  private static final double E1 = 0x1.62e42ff0c52d6p-1 / EXP_STEPS;

  private static final int LOG_STEPS = 16;
  private static final int LOG_BEGIN = 0x3f330000;
  private static final double LN_2 = 0x1.62e42fefa39efp-1;
  private static final double L4 = -0x1.00ea348b88334p-2;
  private static final double L3 = 0x1.5575b0be00b6ap-2;
  private static final double L2 = -0x1.ffffef20a4123p-2;

  /** The reciprocal of a number near the middle of each sixteenth of an octave. */
  private static final double[] RECIPROCALS = {
    0x1.661ec79f8f3bep+0, 0x1.571ed4aaf883dp+0, 0x1.49539f0f010bp+0, 0x1.3c995b0b80385p+0,
    0x1.30d190c8864a5p+0, 0x1.25e227b0b8eap+0, 0x1.1bb4a4a1a343fp+0, 0x1.12358f08ae5bap+0,
    0x1.0953f419900a7p+0, 0x1p+0, 0x1.e608cfd9a47acp-1, 0x1.ca4b31f026aap-1,
    0x1.b2036576afce6p-1, 0x1.9c2d163a1aa2dp-1, 0x1.886e6037841edp-1, 0x1.767dcf5534862p-1
  };

  /** The logarithm of that number. */
  private static final double[] LOGARITHMS = {
    -0x1.57bf7808caadep-2, -0x1.2bef0a7c06ddbp-2, -0x1.01eae7f513a67p-2, -0x1.b31d8a68224e9p-3,
    -0x1.6574f0ac07758p-3, -0x1.1aa2bc79c81p-3, -0x1.a4e76ce8c0e5ep-4, -0x1.1973c5a611cccp-4,
    -0x1.252f438e10c1ep-5, 0, 0x1.aa5aa5df25984p-5, 0x1.c5e53aa362eb4p-4,
    0x1.526e57720db08p-3, 0x1.bc2860d22477p-3, 0x1.1058bc8a07ee1p-2, 0x1.4043057b6ee09p-2
  };

  static {
    for (int step = 0; step < EXP_STEPS; step++) {
      double power = StrictMath.pow(2, (double) step / EXP_STEPS);
      POWERS[step] = Double.doubleToRawLongBits(power) - ((long) step << STEP_SHIFT);
    }
  }

  private FloatMath() {}

  /**
   * e to the power of {@code x}.
   *
   * @param x from -87 to 88.7, where the result is a normal float
   */
  static float exp(float x) {
    double z = STEPS_IN_E * x;
    double rounded = z + ROUNDING;
    long steps = Double.doubleToRawLongBits(rounded);
    double r = z - (rounded - ROUNDING);
    long bits = POWERS[(int) (steps & (EXP_STEPS - 1))] + (steps << STEP_SHIFT);
    double scale = Double.longBitsToDouble(bits);
    return (float) (((E3 * r + E2) * (r * r) + (E1 * r + 1)) * scale);
  }

  /**
   * The natural logarithm.
   *
   * @param x above 0, finite and normal
   */
  static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    int above = bits - LOG_BEGIN;
    int step = above >>> 19 & (LOG_STEPS - 1);
    double z = Float.intBitsToFloat(bits - (above & 0xff800000));
    double r = z * RECIPROCALS[step] - 1;
    double y = L4 * (r * r) + (L3 * r + L2);
    return (float) (y * (r * r) + ((LOGARITHMS[step] + (above >> 23) * LN_2) + r));
  }
}
