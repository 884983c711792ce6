package dev.propensity.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  @Property
  void readsEveryDoubleAsTheLibraryDoes(@ForAll double value) {
    String text = String.valueOf(value);
    assertThat(Numbers.parseOrNaN(text)).isEqualTo(value);
    String plain = new BigDecimal(value).toPlainString();
    assertThat(Numbers.parseOrNaN(plain)).isEqualTo(value + 0.0);
  }

  @Property
  void readsEveryDecimalAsTheLibraryDoes(
      @ForAll long digits, @ForAll @IntRange(min = 0, max = 30) int scale) {
    String text = BigDecimal.valueOf(digits, scale).toPlainString();
    assertThat(Numbers.parseOrNaN(text)).isEqualTo(Double.parseDouble(text));
    assertThat(Numbers.parseOrNaN("." + text.replace("-", "").replace(".", "")))
        .isEqualTo(Double.parseDouble("." + text.replace("-", "").replace(".", "")));
  }

  @Property
  void readsPlainNumbersFromBytesAsFromText(
      @ForAll long digits, @ForAll @IntRange(min = 0, max = 20) int scale) {
    String text = BigDecimal.valueOf(digits, scale).toPlainString();
    boolean plain = text.chars().filter(Character::isDigit).count() <= Decimals.EXACT_DIGITS;
    Double expected = plain ? Double.parseDouble(text) : Double.NaN;
    assertThat((Double) plain(text)).isEqualTo(expected);
  }

  @Test
  void readsOnlyPlainNumbersFromBytes() {
    assertThat(plain("-12.50")).isEqualTo(-12.5);
    assertThat(plain("007")).isEqualTo(7);
    assertThat(plain(".5")).isEqualTo(0.5);
    assertThat(plain("7.")).isEqualTo(7);
    for (String text : new String[] {"", "-", ".", "-.", "1.2.3", "1e3", "+1", " 1", "1,5", "é"}) {
      assertThat(plain(text)).as(text).isNaN();
    }
  }

  private static double plain(String text) {
    byte[] bytes = ("x" + text + "9").getBytes(StandardCharsets.UTF_8);
    return Numbers.plainOrNaN(bytes, 1, bytes.length - 1);
  }

  @Test
  void roundsOnceWhereTheDigitsPassTheLastExactDouble() {
    long exact = 1L << 53;
    for (long digits = exact - 300; digits <= exact + 300; digits++) {
      for (int scale = 0; scale <= 24; scale++) {
        BigDecimal decimal = BigDecimal.valueOf(digits, scale);
        double read = Numbers.parseOrNaN(decimal.toPlainString());
        assertThat(read).isEqualTo(Double.parseDouble(decimal.toPlainString()));
        BigDecimal error = new BigDecimal(read).subtract(decimal).abs();
        assertThat(new BigDecimal(Math.nextUp(read)).subtract(decimal).abs())
            .isGreaterThanOrEqualTo(error);
        assertThat(new BigDecimal(Math.nextDown(read)).subtract(decimal).abs())
            .isGreaterThanOrEqualTo(error);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"+1,1", "-.5,-0.5", "7.,7", "1e3,1000", "1E-2,0.01", "2e+1,20", "007,7", "-0,-0.0"})
  void readsTheFormsThatPeopleWrite(String text, double value) {
    assertThat(Numbers.parseOrNaN(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "e5",
        "1e",
        "1e+",
        "1e5x",
        "1.2.3",
        "1,5",
        " 1",
        "1 ",
        "1f",
        "1d",
        "0x10",
        "NaN",
        "inf",
        "Infinity",
        "1_000",
        "--1",
        "1e999",
        "-1e999",
        "٣"
      })
  void takesNothingElseForANumber(String text) {
    assertThat(Numbers.parseOrNaN(text)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "nan", "-NaN", "inf", "+Inf", "-infinity", "INFINITY"})
  void knowsTheWordsForWhatIsNotFinite(String text) {
    assertThat(Numbers.isNotFinite(text)).isTrue();
    assertThat(Numbers.isNotFinite(text + "x")).isFalse();
  }
}
