package dev.propensity.dataset.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.propensity.dataset.Tables;
import dev.propensity.foundation.CanonicalJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;

/** Compares {@code datasets/schema.json}, which editors use for completion, with the parser. */
class SpecSchemaTest {
  /**
   * Rules that a schema cannot express: YAML's form, equal texts, order, names of other columns.
   */
  private static final List<String> BEYOND_A_SCHEMA =
      List.of(
          "duplicate key",
          "key must be a word",
          "not YAML",
          "whose kind is",
          "is the same as positive",
          "is the identifier too",
          "counts down",
          "at most 10,000 names",
          "as many digits",
          "columns in all",
          "already",
          "a column that is a feature",
          "is above maximum",
          "is after maximum",
          "formats lists",
          "the column is none",
          "no feature of the model",
          "is not above horizon_days",
          "has no effect without",
          "must be below gain",
          "leave nothing for train",
          "is '2024-02-30'",
          "not after validation_from",
          "leaves no validation rows");

  private final JsonNode json;
  private final JsonSchema schema;

  SpecSchemaTest() throws Exception {
    json =
        CanonicalJson.mapper()
            .readTree(Files.readAllBytes(Tables.root().resolve("datasets/schema.json")));
    schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(json);
  }

  @Test
  void acceptsWhatTheParserAccepts() throws Exception {
    try (Stream<Path> files = Files.list(Tables.root().resolve("datasets"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        assertThat(mistakes(Files.readString(file))).as(file.toString()).isEmpty();
      }
    }
    assertThat(mistakes(Tables.text("/dataset/phones.yaml"))).isEmpty();
    assertThat(mistakes(DatasetSpecTest.MINIMAL)).isEmpty();
    String rules =
        DatasetSpecTest.MINIMAL
            .replace("identifier: id", "identifier: row")
            .replace("kind: number", "kind: number, missing: true, missing_values: [-999, n.a.]");
    String dates =
        DatasetSpecTest.MINIMAL.replace(
            "kind: number}",
            "kind: date, formats: [iso, d.M.yyyy], since: 2020-01-01, minimum: 2019-02-03,"
                + " maximum: 2024-02-29, parts: [month, weekday]}\n"
                + "  - {name: first, kind: date, feature: false}");
    DatasetSpec.parse(dates, "spec.yaml");
    assertThat(mistakes(dates)).isEmpty();
    for (String more :
        new String[] {
          "decimal: ','",
          "decimal: .",
          "missing_values: [NA, '?', 0]",
          "capture: {rows: 0.5, days: 30, identifier: plain, exclude: [age]}",
          "monitor: {window: week, false_alarm_days: 30, minimum_rows: 500}",
          "outcomes: {horizon_days: 14, contacted: called, days: 400}",
          "outcomes: {contacted: all}",
          "split: {group: home, seed: 3, duplicates: separate}",
          "split: {duplicates: together, test: 0.3}",
          "split: {time: since, validation_from: 2024-01-01, test_from: 2024-03-01}",
          "split: {time: since, validation_from: 2024-01-01, test_from: 2024-03-01, gap: 30 days}",
          "split: {time: since, validation_from: 2024-01-01, test_from: '2024-03-01', gap: 1}"
        }) {
      DatasetSpec.parse(rules + more, "spec.yaml");
      assertThat(mistakes(rules + more)).as(more).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/dataset/invalid-specifications.csv", numLinesToSkip = 1)
  void rejectsWhatTheParserRejectsAsFarAsASchemaCan(String old, String mistake, String message) {
    if (BEYOND_A_SCHEMA.stream().noneMatch(message::contains)) {
      assertThat(mistakes(DatasetSpecTest.MINIMAL.replace(old, mistake.replace("\\n", "\n"))))
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: phones    | zzzzzzzz: 1\\nname: phones    | /properties",
        "column: renewed | column: renewed, zzzzzzzz: 1  | /properties/label/properties",
        "name: age       | name: age, zzzzzzzz: 1        | /definitions/feature/properties",
        "gain: 30        | gain: 30, zzzzzzzz: 1         | /properties/offer/properties",
        "offer:          | split: {zzzzzzzz: 1}\\noffer:    | /properties/split/properties",
        "offer:          | release: {zzzzzzzz: 1}\\noffer:  | /properties/release/properties",
        "offer:          | submission: {zzzzzzzz: 1}\\noffer:  | /properties/submission/properties",
        "offer:          | prediction: {zzzzzzzz: 1}\\noffer:  | /properties/prediction/properties",
        "offer:          | invalid_rows: {zzzzzzzz: 1}\\noffer: | /properties/invalid_rows/properties",
        "offer:          | capture: {zzzzzzzz: 1}\\noffer:  | /properties/capture/properties",
        "offer:          | monitor: {zzzzzzzz: 1}\\noffer:  | /properties/monitor/properties",
        "offer:          | outcomes: {zzzzzzzz: 1}\\noffer:  | /properties/outcomes/properties",
      })
  void hasTheParsersKeys(String old, String unknown, String pointer) {
    String yaml = DatasetSpecTest.MINIMAL.replace(old, unknown.replace("\\n", "\n"));
    Throwable rejection = catchThrowable(() -> DatasetSpec.parse(yaml, "spec.yaml"));
    Matcher keys = Pattern.compile("zzzzzzzz'; there are (.*)").matcher(rejection.getMessage());
    assertThat(keys.find()).as(rejection.getMessage()).isTrue();
    Set<String> inSchema = new TreeSet<>();
    json.at(pointer).fieldNames().forEachRemaining(inSchema::add);
    assertThat(inSchema).containsExactlyInAnyOrder(keys.group(1).split(", "));
  }

  private Set<?> mistakes(String yaml) {
    SpecErrors none = new SpecErrors("spec.yaml");
    var root = new Compose(LoadSettings.builder().build()).composeString(yaml).orElseThrow();
    return schema.validate(YamlJson.object(new YamlMapping(root, "", none)));
  }
}
