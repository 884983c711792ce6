package dev.propensity.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  /** The examples of RFC 8785, appendix B, those that are valid. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000,0",
    "8000000000000000,0",
    "0000000000000001,5e-324",
    "8000000000000001,-5e-324",
    "7fefffffffffffff,1.7976931348623157e+308",
    "ffefffffffffffff,-1.7976931348623157e+308",
    "4340000000000000,9007199254740992",
    "c340000000000000,-9007199254740992",
    "4430000000000000,295147905179352830000",
    "44b52d02c7e14af5,9.999999999999997e+22",
    "44b52d02c7e14af6,1e+23",
    "44b52d02c7e14af7,1.0000000000000001e+23",
    "444b1ae4d6e2ef4e,999999999999999700000",
    "444b1ae4d6e2ef4f,999999999999999900000",
    "444b1ae4d6e2ef50,1e+21",
    "3eb0c6f7a0b5ed8c,9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d,0.000001",
    "41b3de4355555553,333333333.3333332",
    "41b3de4355555554,333333333.33333325",
    "41b3de4355555555,333333333.3333333",
    "41b3de4355555556,333333333.3333334",
    "41b3de4355555557,333333333.33333343",
    "becbf647612f3696,-0.0000033333333333333333",
    "43143ff3c1cb0959,1424953923781206.2"
  })
  void writesNumbersAsTheRfcDoes(String bits, String text) {
    double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertThat(CanonicalNumber.text(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void rejectsWhatIsNoJsonNumber(double value) {
    assertThatThrownBy(() -> CanonicalJson.text(Map.of("x", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not allowed in JSON");
  }

  @Test
  void rejectsIntegersThatADoubleCannotHold() {
    assertThat(CanonicalJson.text(List.of(1L << 53, -(1L << 53))))
        .isEqualTo("[9007199254740992,-9007199254740992]");
    assertThatThrownBy(() -> CanonicalJson.text((1L << 53) + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.text(Long.MIN_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The example of RFC 8785, section 3.2.2. */
  @Test
  void writesTheRfcsExample() {
    String input =
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }""";
    Object tree =
        CanonicalJson.read(input.getBytes(StandardCharsets.UTF_8), Object.class, "example");
    assertThat(CanonicalJson.text(tree))
        .isEqualTo(
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /** The example of RFC 8785, section 3.2.3. */
  @Test
  void sortsKeysByTheirUtf16CodeUnits() {
    Map<String, String> map = new HashMap<>();
    List<String> keys = List.of("€", "\r", "\uFB33", "1", "\uD83D\uDE00", "\u0080", "ö");
    keys.forEach(key -> map.put(key, ""));
    assertThat(CanonicalJson.text(map))
        .isEqualTo(
            "{\"\\r\":\"\",\"1\":\"\",\"\u0080\":\"\",\"ö\":\"\",\"€\":\"\",\"\uD83D\uDE00\":\"\","
                + "\"\uFB33\":\"\"}");
  }

  @Test
  void writesFloatsByTheirShortestDigits() {
    assertThat(CanonicalJson.text(List.of(0.1f, 1e10f))).isEqualTo("[0.1,10000000000]");
  }

  @Test
  void writesEmptyThings() {
    assertThat(CanonicalJson.text(Arrays.asList(List.of(), Map.of(), null, "")))
        .isEqualTo("[[],{},null,\"\"]");
  }

  @Test
  void namesWhatIsNotValid() {
    for (String bad : List.of("", "{", "{\"a\":1,\"a\":2}", "1 2", "{\"hex\":null}")) {
      assertThatThrownBy(
              () ->
                  CanonicalJson.read(
                      bad.getBytes(StandardCharsets.UTF_8), Digest.class, "some/file.json"))
          .as(bad)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("some/file.json is not valid: ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void namesTheLineAndColumnOfWhatIsNotValid() {
    assertThatThrownBy(() -> read("{\n  \"a\": 1\n  \"b\": 2\n}"))
        .hasMessageStartingWith("some/file.json is not valid: line 3, column 3: unexpected ");
    assertThatThrownBy(() -> read("[]"))
        .hasMessageStartingWith(
            "some/file.json is not valid: line 1, column 1: a value of the wrong type");
    assertThatThrownBy(() -> read(""))
        .hasMessageStartingWith("some/file.json is not valid: line 1, column 1: No content");
  }

  private static void read(String json) {
    CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), ObjectNode.class, "some/file.json");
  }

  @Property(tries = 1_000)
  void everyNumberReadsBackAsItself(@ForAll("doubles") double value) {
    String text = CanonicalNumber.text(value);
    assertThat(Double.parseDouble(text)).isEqualTo(value == 0 ? 0.0 : value);
  }

  /** Java 17 by default finds a different shortest text for some of these. */
  @ParameterizedTest
  @CsvSource({
    "27021597764222976,7.120236347223045e-307",
    "72057594037927936,7.291122019556398e-304"
  })
  void writesPowersOfTwoAlikeOnEveryJava(long bits, String text) {
    assertThat(CanonicalNumber.text(Double.longBitsToDouble(bits))).isEqualTo(text);
  }

  @Property(tries = 1_000)
  void noShorterNumberReadsBackAsTheSame(@ForAll("doubles") double value) {
    BigDecimal written = new BigDecimal(CanonicalNumber.text(value)).stripTrailingZeros();
    // Java writes two digits at least, which matters for the smallest numbers.
    if (Runtime.version().feature() >= 19 && Math.abs(value) > 1e-300) {
      assertThat(written)
          .isEqualByComparingTo(new BigDecimal(Double.toString(value)).stripTrailingZeros());
    }
    int precision = written.precision();
    if (precision > 1) {
      double shorter =
          new BigDecimal(value).round(new java.math.MathContext(precision - 1)).doubleValue();
      assertThat(shorter).isNotEqualTo(value);
    }
  }

  @Provide
  Arbitrary<Double> doubles() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite),
        Arbitraries.integers().between(-1_000_000, 1_000_000).map(i -> i / 1000.0),
        Arbitraries.integers().between(-1074, 1023).map(e -> Math.scalb(1.0, e)),
        Arbitraries.of(2e23, 8.41e21, 2.0e-3, 9007199254740993.0, Double.MIN_NORMAL));
  }
}
