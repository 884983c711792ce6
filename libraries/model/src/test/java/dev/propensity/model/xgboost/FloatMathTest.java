package dev.propensity.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The expected values were computed by glibc 2.36 on x86-64. */
class FloatMathTest {
  @Test
  void raisesEToPowersAsGlibcDoes() {
    assertThat(FloatMath.exp(0)).isEqualTo(1);
    assertThat(FloatMath.exp(-0x1.5cp+6f)).isEqualTo(0x1.666d0ep-126f);
    assertThat(FloatMath.exp(0x1.cccc8p-1f)).isEqualTo(0x1.3ad418p+1f);
    assertThat(FloatMath.exp(0x1.dbfffep+5f)).isEqualTo(0x1.ca5d24p+85f);
  }

  @Test
  void roundsPowersAsGlibcDoesWhereTheNearestFloatIsAnother() {
    float[][] pairs = {
      {-0x1.099e2p+4f, 0x1.08f78ap-24f},
      {-0x1.d79c12p+3f, 0x1.aaed68p-22f},
      {-0x1.76a4c6p+2f, 0x1.780a34p-9f},
      {-0x1.44d0c2p+2f, 0x1.99928p-8f}
    };
    for (float[] pair : pairs) {
      assertThat(FloatMath.exp(pair[0])).isEqualTo(pair[1]);
      assertThat((float) StrictMath.exp(pair[0])).isNotEqualTo(pair[1]);
    }
  }

  @Test
  void takesLogarithmsAsGlibcDoes() {
    assertThat(FloatMath.log(1)).isZero();
    float[][] pairs = {
      {0x1.d45658p-11f, -0x1.c151a2p+2f},
      {0x1.7456cap-7f, -0x1.1e8dc4p+2f},
      {0x1.046244p-6f, -0x1.0914f2p+2f},
      {0x1.17f876p-4f, -0x1.576f3ap+1f}
    };
    for (float[] pair : pairs) {
      assertThat(FloatMath.log(pair[0])).isEqualTo(pair[1]);
      assertThat((float) StrictMath.log(pair[0])).isNotEqualTo(pair[1]);
    }
  }

  @Test
  void agreesWithGlibcAllAlong() {
    int powers = 17;
    for (float x = -87; x < 88.7f; x += 0.01f) {
      powers = 31 * powers + Float.floatToRawIntBits(FloatMath.exp(x));
    }
    assertThat(powers).isEqualTo(-573475604);
    int logarithms = 17;
    for (float x = 1e-6f; x < 1e6f; x *= 1.001f) {
      logarithms = 31 * logarithms + Float.floatToRawIntBits(FloatMath.log(x));
    }
    assertThat(logarithms).isEqualTo(889658249);
  }
}
