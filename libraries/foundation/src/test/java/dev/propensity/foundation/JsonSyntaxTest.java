package dev.propensity.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSyntaxTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{                     | it ends too early",
        "[\"a                   | it ends too early",
        "[NaN]                  | NaN and infinities are not JSON",
        "[-Infinity]            | NaN and infinities are not JSON",
        "[old]                  | 'old' is not a JSON value; text needs double quotes",
        "[True]                 | 'True' is not a JSON value; text needs double quotes",
        "['a']                  | unexpected '",
        "[{'a': 1}]             | a name must begin with a double quote, not with '",
        "[{age: 1}]             | a name must begin with a double quote, not with a",
        "[{\"a\" 1}]            | unexpected 1",
        "[{\"a\": 1,}]          | unexpected } after a comma",
        "[1,]                   | unexpected ]",
        "[{\"a\": 1]            | unexpected ], } is missing",
        "[{\"a\": }]            | unexpected }",
        "[007]                  | a number must not begin with 0; a code with zeros is text in double quotes",
        "[+1]                   | a number must not begin with +",
        "[.5]                   | unexpected .",
        "[1.]                   | a number ends too early",
        "[1e]                   | a number ends too early",
        "[1,5 x]                | unexpected x",
        "[1x]                   | unexpected x",
        "[// x]                 | unexpected /",
        "[\"a\\x\"]             | a backslash in a text must be written twice",
      })
  void explainsWithoutTheParsersFeatures(String json, String explanation) throws IOException {
    assertThat(explain(json.strip().getBytes(StandardCharsets.UTF_8))).isEqualTo(explanation);
  }

  @Test
  void explainsControlCharactersAndOtherCharsets() throws IOException {
    assertThat(explain("[\"a\nb\"]".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("a line end or tab in a text must be \\n or \\t");
    assertThat(explain("[\"é\"]".getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo("it is not in UTF-8");
  }

  @Test
  void explainsWhatIsTooLargeToRead() throws IOException {
    assertThat(explain("[".repeat(2000).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("its values are nested too deeply");
    assertThat(explain(("[" + "1".repeat(2000) + "]").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("a number has too many digits");
  }

  private static String explain(byte[] json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        parser.getText();
      }
      throw new AssertionError("it is JSON");
    } catch (JacksonException e) {
      return JsonSyntax.explain(e);
    }
  }
}
