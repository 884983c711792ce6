package dev.propensity.dataset.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.Tables;
import dev.propensity.foundation.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaReferenceTest {
  private static final Path PAGE = Tables.root().resolve("docs/datasets.md");
  private static final String BEGIN =
      "<!-- Generated from datasets/schema.json; -Dgolden.write=true writes it again. -->\n\n";

  /** The reference is the end of the page. */
  @Test
  void isInTheDocumentationAsItFollowsFromTheSchema() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN);
    assertThat(begin).as(PAGE + " has the line " + BEGIN).isPositive();
    String before = page.substring(0, begin + BEGIN.length());
    JsonNode schema =
        CanonicalJson.mapper()
            .readTree(Files.readAllBytes(Tables.root().resolve("datasets/schema.json")));
    String expected = before + SchemaReference.markdown(schema);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(PAGE, expected);
      return;
    }
    assertThat(page).as("the reference in " + PAGE).isEqualTo(expected);
  }

  @Test
  void showsTypesRangesAndDefaults() throws IOException {
    String markdown =
        SchemaReference.markdown(
            CanonicalJson.mapper()
                .readTree(
                    """
                    {"required": ["a"], "properties": {
                      "a": {"$ref": "#/definitions/word", "description": "A name."},
                      "b": {"description": "A part.", "type": "object", "properties": {
                        "c": {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "default": 0.5,
                              "description": "This | that. Default: 0.5."},
                        "d": {"anyOf": [{"enum": ["on", "off"]}, {"type": "array",
                              "items": {"type": "integer"}}], "description": "Two."}}}},
                     "definitions": {"word": {"type": ["string", "number", "boolean"]}}}"""));
    assertThat(markdown)
        .isEqualTo(
            """
            | key | type | default | description |
            | --- | --- | --- | --- |
            | `a` | text | required | A name. |
            | `b` | mapping |  | A part. |

            ### b

            | key | type | default | description |
            | --- | --- | --- | --- |
            | `c` | number above 0 and up to 1 | `0.5` | This \\| that. |
            | `d` | `on`, `off` or list of integer |  | Two. |
            """);
  }

  @Test
  void rejectsAKeyWithoutAType() throws IOException {
    JsonNode schema =
        CanonicalJson.mapper().readTree("{\"properties\": {\"a\": {\"description\": \"x\"}}}");
    assertThatThrownBy(() -> SchemaReference.markdown(schema)).hasMessageStartingWith("no type");
  }
}
