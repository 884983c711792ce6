package dev.propensity.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestDecimalTest {
  /** As Python's {@code repr} writes them. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "40454, 40454.0",
    "1e7, 10000000.0",
    "12345678.9, 12345678.9",
    "9007199254740993, 9007199254740992.0",
    "1e16, 1e16",
    "1.5e300, 1.5e300",
    "0.001, 0.001",
    "0.0001, 0.0001",
    "0.00012, 0.00012",
    "0.00001, 1e-5",
    "-1.25e-5, -1.25e-5",
    "2e-3, 0.002",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "0.30000000000000004, 0.30000000000000004",
  })
  void writesDoublesWithAsFewDigitsAsPossible(double number, String text) {
    assertThat(ShortestDecimal.of(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.1", "16777216, 16777216.0", "3.4028235e38, 3.4028235e38", "1e-45, 1.4e-45"})
  void writesFloatsWithAsFewDigitsAsPossible(float number, String text) {
    assertThat(ShortestDecimal.of(number)).isEqualTo(text);
  }

  @Test
  void readsBackAsTheSameNumber() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        assertThat(Double.parseDouble(ShortestDecimal.of(number))).isEqualTo(number);
      }
      float single = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(single)) {
        assertThat(Float.parseFloat(ShortestDecimal.of(single))).isEqualTo(single);
      }
    }
  }

  @Test
  void writesWhatIsNotFiniteAsWords() {
    assertThat(ShortestDecimal.of(Double.NaN)).isEqualTo("NaN");
    assertThat(ShortestDecimal.of(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
  }
}
