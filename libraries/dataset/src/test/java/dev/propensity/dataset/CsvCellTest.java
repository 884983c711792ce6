package dev.propensity.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "plain", " with spaces ", "semi;colon", "Zoë", "𝒳", "tab\tbed"})
  void standsAsItIsWhereNothingAsksForQuotes(String text) {
    assertThat(appended(text)).isEqualTo(text);
    assertThat(bytes(text)).isEqualTo(text);
    assertThat(row(text)).isEqualTo(text + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {"a,b|\"a,b\"", "\"|\"\"\"\"", "say \"ä\"|\"say \"\"ä\"\"\"", "\",\"|\"\"\",\"\"\""})
  void standsInQuotesWithItsOwnDoubled(String text, String quoted) {
    assertThat(appended(text)).isEqualTo(quoted);
    assertThat(bytes(text)).isEqualTo(quoted);
    assertThat(row(text)).isEqualTo(quoted + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "\r\n"})
  void standsInQuotesWhereItHasALineEnd(String text) {
    assertThat(appended(text)).isEqualTo('"' + text + '"');
    assertThat(bytes(text)).isEqualTo('"' + text + '"');
    assertThat(row(text)).isEqualTo('"' + text + "\"\n");
  }

  @Test
  void mayBeLongerThanTheBufferOfAFile() {
    String quotes = "\"".repeat(100_000);
    assertThat(row("x".repeat(30_000), quotes, "y"))
        .isEqualTo("x".repeat(30_000) + ",\"" + quotes + quotes + "\",y\n");
  }

  private static String appended(String text) {
    StringBuilder out = new StringBuilder("before");
    CsvCell.append(out, text);
    assertThat(out).startsWith("before");
    return out.substring("before".length());
  }

  private static String bytes(String text) {
    byte[] utf8 = (" " + text + ",").getBytes(StandardCharsets.UTF_8);
    byte[] into = new byte[2 * utf8.length + 3];
    int end = CsvCell.write(utf8, 1, utf8.length - 1, into, 1);
    return new String(into, 1, end - 1, StandardCharsets.UTF_8);
  }

  private static String row(String... cells) {
    StringWriter written = new StringWriter();
    try (CsvOutput out = new CsvOutput(written)) {
      out.row(List.of(cells));
    }
    return written.toString();
  }
}
