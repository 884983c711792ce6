package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignificanceTest {
  /** Of any table of the normal distribution. */
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, .317310507863",
    "-1.959963984540, .05",
    "2.5758293035489, .01",
    "4, .0000633424836662",
    "6, .00000000197317529",
    "9, 0"
  })
  void thePValueIsThatOfTheNormalDistribution(double z, double p) {
    assertThat(Significance.pValue(z)).isCloseTo(p, within(1e-12));
  }

  @Test
  void holmMultipliesTheSmallestByTheNumberOfTests() {
    // .01 × 4; .015 × 3 = .045; .03 × 2 = .06; .2 × 1
    assertThat(Significance.holm(List.of(.03, .01, .2, .015)))
        .containsExactly(new double[] {.06, .04, .2, .045}, within(1e-15));
  }

  @Test
  void aLargerPValueIsNeverAdjustedToLess() {
    // .02 × 3 = .06; .025 × 2 = .05, but at least .06; .9
    assertThat(Significance.holm(List.of(.02, .025, .9)))
        .containsExactly(new double[] {.06, .06, .9}, within(1e-15));
    assertThat(Significance.holm(List.of(.8, .7))).containsExactly(1, 1);
    assertThat(Significance.holm(List.of())).isEmpty();
  }
}
