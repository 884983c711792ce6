package dev.propensity.dataset.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.specification.DatasetSpec.Submission;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class DatasetSpecTest {
  /** A minimal specification; tests replace parts of it with errors. */
  static final String MINIMAL =
      """
      name: phones
      title: Who renews?
      source: phones.csv
      identifier: id
      label: {column: renewed, positive: yes, negative: no}
      features:
        - {name: age, kind: number}
      offer: {gain: 30, cost: 2}
      """;

  @Test
  void readsTheInsuranceFile() {
    DatasetSpec spec = Tables.insurance();
    assertThat(spec.name()).isEqualTo("insurance");
    assertThat(spec.columns()).hasSize(10);
    assertThat(spec.columns().get(7).name()).isEqualTo("Annual_Premium");
    assertThat(spec.columns().get(6).values()).containsExactly("No", "Yes");
    assertThat(spec.section("split"))
        .hasToString("{\"seed\":2026,\"validation\":0.15,\"test\":0.2}");
  }

  @Test
  void fillsTheDefaultsIn() {
    DatasetSpec spec = parse(MINIMAL);
    assertThat(spec.schedule()).isEqualTo("@daily");
    assertThat(spec.split()).isEqualTo(new HashSplit(1, 0.15, 0.2));
    assertThat(spec.learner()).isEqualTo("xgboost");
    assertThat(spec.parameters()).isEmpty();
    assertThat(spec.release()).isEqualTo(new DatasetSpec.ReleaseRule(0.6, 100, 0.05, 0.002, 0.002));
    assertThat(spec.offer()).isEqualTo(new DatasetSpec.Offer(30, 2, ""));
    assertThat(spec.invalidRows().quarantineUpTo()).isZero();
    assertThat(spec.columns().get(0).missing()).isFalse();
    assertThat(spec.columns().get(0).sensitive()).isEqualTo(Column.Sensitive.NO);
  }

  @Test
  void readsHowOutcomesBecomeLabels() {
    assertThat(parse(MINIMAL).outcomes()).isNull();
    assertThat(parse(MINIMAL).contact()).isEqualTo(ContactRule.NONE);
    OutcomeRule rule = parse(MINIMAL + "outcomes: {}").outcomes();
    assertThat(rule).isEqualTo(new OutcomeRule(30, OutcomeRule.SELECTED, 365));
    assertThat(rule.column()).isEmpty();
    assertThat(parse(MINIMAL + "outcomes: {horizon_days: 365}").outcomes().days()).isEqualTo(366);
    assertThat(parse(MINIMAL + "outcomes: {contacted: called}").outcomes().column())
        .hasValue("called");
    DatasetSpec some = parse(MINIMAL.replace("cost: 2", "cost: 2, explore: 0.02, salt: may"));
    assertThat(some.contact()).isEqualTo(new ContactRule(0.02, 0, "may"));
    assertThat(some.section("offer")).as("a model's").isEqualTo(parse(MINIMAL).section("offer"));
    assertThat(some.section("contact"))
        .hasToString("{\"explore\":0.02,\"control\":0.0,\"salt\":\"may\"}");
  }

  @Test
  void readsAndWritesEachRuleOfSplitting() {
    SplitRule grouped = split("{group: home, seed: 3}");
    assertThat(grouped).isEqualTo(new HashSplit(3, 0.15, 0.2, "home", null, null));
    HashSplit together = (HashSplit) split("{duplicates: together}");
    assertThat(together.features()).matches("[0-9a-f]{12}");
    assertThat(together)
        .isEqualTo(
            new HashSplit(1, 0.15, 0.2, null, HashSplit.Duplicates.TOGETHER, together.features()));
    assertThat(split("{duplicates: separate}")).isEqualTo(new HashSplit(1, 0.15, 0.2));
    String dates = "time: since, validation_from: 2024-01-01, test_from: 2024-03-01";
    LocalDate validation = LocalDate.of(2024, 1, 1);
    LocalDate test = LocalDate.of(2024, 3, 1);
    assertThat(split("{" + dates + "}")).isEqualTo(new TimeSplit("since", validation, test, 0));
    for (String gap : new String[] {"30 days", "30", "30 day"}) {
      assertThat(split("{" + dates + ", gap: " + gap + "}"))
          .isEqualTo(new TimeSplit("since", validation, test, 30));
    }
    for (SplitRule rule : List.of(grouped, split("{duplicates: together}"), split("{}"))) {
      assertThat(CanonicalJson.read(CanonicalJson.bytes(rule), SplitRule.class, "it"))
          .isEqualTo(rule);
    }
    SplitRule timed = split("{" + dates + ", gap: 1 day}");
    assertThat(CanonicalJson.text(timed))
        .isEqualTo(
            "{\"gap\":1,\"test_from\":\"2024-03-01\",\"time\":\"since\","
                + "\"validation_from\":\"2024-01-01\"}");
    assertThat(CanonicalJson.read(CanonicalJson.bytes(timed), SplitRule.class, "it"))
        .isEqualTo(timed);
    assertThat(CanonicalJson.text(grouped))
        .isEqualTo("{\"group\":\"home\",\"seed\":3,\"test\":0.2,\"validation\":0.15}");
  }

  @Test
  void aModelIsComparedOnlyOnTestRowsThatItWasNotTrainedOn() {
    SplitRule hash = split("{seed: 3}");
    assertThat(hash.trainsOutsideTestOf(split("{seed: 3, test: 0.2}"))).isTrue();
    assertThat(hash.trainsOutsideTestOf(split("{seed: 4}"))).isFalse();
    assertThat(hash.trainsOutsideTestOf(split("{seed: 3, group: home}"))).isFalse();
    SplitRule grouped = split("{seed: 3, group: home}");
    assertThat(grouped.trainsOutsideTestOf(split("{group: home, seed: 3}"))).isTrue();
    assertThat(grouped.trainsOutsideTestOf(split("{group: town, seed: 3}"))).isFalse();
    SplitRule march = split("{time: since, validation_from: 2024-01-01, test_from: 2024-03-01}");
    SplitRule april = split("{time: since, validation_from: 2024-02-01, test_from: 2024-04-01}");
    assertThat(march.trainsOutsideTestOf(april)).isTrue();
    assertThat(march.trainsOutsideTestOf(march)).isTrue();
    assertThat(april.trainsOutsideTestOf(march)).isFalse();
    String other = "{time: until, validation_from: 2024-02-01, test_from: 2024-04-01}";
    assertThat(march.trainsOutsideTestOf(split(other))).isFalse();
    String gap = "{time: since, validation_from: 2024-02-01, test_from: 2024-04-01, gap: 31}";
    assertThat(split(gap).trainsOutsideTestOf(march)).as("trained until March 1").isTrue();
    assertThat(split(gap.replace("31", "30")).trainsOutsideTestOf(march)).isFalse();
    assertThat(march.trainsOutsideTestOf(split(gap.replace("since", "' since '"))))
        .as("one column in two spellings")
        .isTrue();
    assertThat(march.trainsOutsideTestOf(hash)).isFalse();
    assertThat(hash.trainsOutsideTestOf(march)).isFalse();
  }

  @Test
  void rowsThatAreSplitByTheirFeaturesAreSplitAnewByOtherFeatures() {
    SplitRule before = together("{name: age, kind: number}", "{name: town, kind: category}");
    for (SplitRule after :
        List.of(
            together("{name: age, kind: number}"),
            together("{name: town, kind: category}", "{name: age, kind: number}"),
            together("{name: age, kind: number}", "{name: town, kind: category, feature: false}"),
            together(
                "{name: age, kind: number}",
                "{name: town, kind: category}",
                "{name: plan, kind: category}"),
            together("{name: age, kind: category}", "{name: town, kind: category}"),
            together("{name: age, kind: date}", "{name: town, kind: category}"),
            together(
                "{name: age, kind: number, missing_values: [0]}",
                "{name: town, kind: category}"))) {
      assertThat(after).isNotEqualTo(before);
      assertThat(after.trainsOutsideTestOf(before)).isFalse();
      assertThat(before.trainsOutsideTestOf(after)).isFalse();
      assertThat(after.description()).isNotEqualTo(before.description());
    }
    SplitRule same =
        together(
            "{name: age, kind: number, minimum: 3, description: Years}",
            "{name: town, kind: category, sensitive: report, leak_check: off}",
            "{name: sex, kind: category, sensitive: exclude}");
    assertThat(same).isEqualTo(before);
    assertThat(same.trainsOutsideTestOf(before)).isTrue();
    assertThat(((HashSplit) same).withSeed(9)).isEqualTo(((HashSplit) before).withSeed(9));
    String earlier = "{\"duplicates\":\"together\",\"seed\":1,\"test\":0.2,\"validation\":0.15}";
    SplitRule unknown =
        CanonicalJson.read(earlier.getBytes(StandardCharsets.UTF_8), SplitRule.class, "it");
    assertThat(before.trainsOutsideTestOf(unknown)).isFalse();
  }

  private static SplitRule together(String... features) {
    String listed = "- " + String.join("\n  - ", features);
    return parse(
            MINIMAL
                .replace("- {name: age, kind: number}", listed)
                .replace("offer:", "split: {duplicates: together}\noffer:"))
        .split();
  }

  private static SplitRule split(String section) {
    return parse(MINIMAL.replace("offer:", "split: " + section + "\noffer:")).split();
  }

  @Test
  void takesWordsAsTheyStand() {
    DatasetSpec spec =
        parse(
            MINIMAL.replace(
                "{name: age, kind: number}", "{name: on, kind: boolean, values: [no, 1.0]}"));
    assertThat(spec.label()).isEqualTo(new DatasetSpec.Label("renewed", "yes", "no"));
    assertThat(spec.columns().get(0).name()).isEqualTo("on");
    assertThat(spec.columns().get(0).values()).containsExactly("no", "1.0");
  }

  @Test
  void readsARangeOfNamesAsSoManyColumnsOfOneKind() {
    DatasetSpec spec =
        parse(
            MINIMAL.replace(
                "- {name: age, kind: number}",
                """
                - {name: 'day_{08..10}_x', kind: number, minimum: 0, description: Calls}
                  - {name: 'a{b}', kind: number}
                  - {name: 'v{7..7}', kind: number}\
                """));
    assertThat(spec.columns().stream().map(Column::name))
        .containsExactly("day_08_x", "day_09_x", "day_10_x", "a{b}", "v7");
    assertThat(spec.columns().get(2).minimum()).isZero();
    assertThat(spec.columns().get(2).description()).isEqualTo("Calls");
  }

  @Test
  void readsTheSantanderFile() throws Exception {
    String yaml = Files.readString(Tables.root().resolve("datasets/santander.yaml"));
    DatasetSpec spec = DatasetSpec.parse(yaml, "santander.yaml");
    assertThat(spec.columns()).hasSize(200);
    assertThat(spec.columns().get(199).name()).isEqualTo("var_199");
    assertThat(spec.identifier()).isEqualTo("ID_code");
  }

  @Test
  void keepsTheTypesOfALearnersParameters() {
    DatasetSpec spec =
        parse(
            MINIMAL
                + "parameters: {xgboost: {eta: 0.05, depth: 6, dart: true, seed: '6', top: ~,"
                + " list: [1, a], more: {x: no}}}\n");
    assertThat(spec.parameters().get("xgboost"))
        .hasToString(
            "{\"eta\":0.05,\"depth\":6,\"dart\":true,\"seed\":\"6\",\"top\":null,"
                + "\"list\":[1,\"a\"],\"more\":{\"x\":\"no\"}}");
  }

  @Test
  void trainsNeverByItselfWhereTheScheduleSaysSo() {
    assertThat(parse(MINIMAL + "schedule: never\n").schedule()).isNull();
    assertThat(parse(MINIMAL + "schedule: null\n").schedule()).isNull();
    assertThat(parse(MINIMAL + "schedule: 0 3 * * 1\n").schedule()).isEqualTo("0 3 * * 1");
  }

  @Test
  void namesTheColumnsOfASubmission() {
    assertThat(parse(MINIMAL).submission()).isNull();
    assertThat(parse(MINIMAL).section("submission")).hasToString("null");
    assertThat(parse(MINIMAL + "submission: {}\n").submission())
        .isEqualTo(new Submission("id", "renewed", Submission.Value.SCORE));
    DatasetSpec spec =
        parse(MINIMAL + "submission: {identifier: row, prediction: answer, value: label}\n");
    assertThat(spec.section("submission"))
        .hasToString("{\"identifier\":\"row\",\"prediction\":\"answer\",\"value\":\"label\"}");
  }

  @Test
  void takesFromWhereAndWhenRowsArePredicted() {
    parse(MINIMAL + "prediction: {source: 's3://bucket/{date}.csv', schedule: '@weekly'}\n");
    parse(MINIMAL + "prediction: {schedule: null}\n");
    parse(MINIMAL + "owner: Marketing\nprediction: {schedule: champion}\n");
  }

  @Test
  void knowsTheWordsThatMeanAMissingValue() {
    DatasetSpec spec =
        parse(
            MINIMAL.replace("kind: number}", "kind: number, missing_values: [-999, NA]}")
                + "missing_values: [NA, '?', no]\n");
    assertThat(spec.columns().get(0).missingValues()).containsExactly("NA", "?", "no", "-999");
    assertThat(spec.section("features").get(0).get("missing_values"))
        .hasToString("[\"NA\",\"?\",\"no\",\"-999\"]");
    assertThat(parse(MINIMAL).columns().get(0).missingValues()).isEmpty();
  }

  @Test
  void knowsTheDecimalSign() {
    assertThat(parse(MINIMAL).decimal()).isNull();
    assertThat(parse(MINIMAL).section("decimal")).hasToString("null");
    assertThat(parse(MINIMAL + "decimal: ','\n").decimal()).isEqualTo(",");
    assertThat(parse(MINIMAL + "decimal: .\n").section("decimal")).hasToString("\".\"");
  }

  @Test
  void aTableWithoutIdentifiersIsIdentifiedByItsRows() {
    assertThat(parse(MINIMAL.replace("identifier: id", "identifier: row")).identifier())
        .isEqualTo(RowSchema.ROW_NUMBER);
  }

  @Test
  void givesEachSectionAsJsonWithItsDefaults() {
    DatasetSpec spec = parse(MINIMAL);
    assertThat(spec.section("title")).hasToString("\"Who renews?\"");
    assertThat(spec.section("identifier")).hasToString("\"id\"");
    assertThat(spec.section("label").get("positive")).hasToString("\"yes\"");
    assertThat(spec.section("features"))
        .hasToString(
            "[{\"name\":\"age\",\"kind\":\"number\",\"missing\":false,\"sensitive\":\"no\"}]");
    assertThat(spec.section("release").get("minimum_auc")).hasToString("0.6");
    assertThat(spec.section("offer").get("gain")).hasToString("30.0");
    assertThat(spec.section("invalid_rows")).hasToString("{\"quarantine_up_to\":0.0}");
    assertThatThrownBy(() -> spec.section("fetures")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reportsAllErrorsAtOnceEachWithItsLine() {
    String yaml =
        """
        name: Phones
        titel: Who renews?
        source: phones.csv
        identifier: id
        label: {column: id, positive: yes, negative: yes}
        features:
          - {name: age, kind: number, minimum: 9, maximum: 3}
          - {name: age, kind: nominal, values: [old]}
        offer: {gain: 1, cost: 2}
        """;
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(UserException.class)
        .hasMessage(
            """
            spec.yaml, line 1: name is 'Phones'; use lower-case letters, digits, '-' and '_', a letter first
            spec.yaml, line 1: the key 'title' is missing
            spec.yaml, line 2: unknown key 'titel'; did you mean 'title'?
            spec.yaml, line 5: label.negative is the same as positive: 'yes'
            spec.yaml, line 5: label.column is the identifier too: 'id'
            spec.yaml, line 7: features.0.minimum is above maximum
            spec.yaml, line 8: features.1.kind is 'nominal'; there are number, category, ordinal, boolean, date
            spec.yaml, line 8: features.1.name is 'age', which is a feature already
            spec.yaml, line 9: offer.cost must be below gain, or no contact pays\
            """);
  }

  @Test
  void readsInvalidRowsUnderTheirFormerKey() {
    DatasetSpec spec = parse(MINIMAL + "invalid_rows: {quarantine_up_to: 0.25}\n");
    assertThat(spec.invalidRows().quarantineUpTo()).isEqualTo(0.25);
    assertThat(parse(MINIMAL + "bad_rows: {quarantine_up_to: 0.25}\n")).isEqualTo(spec);
    assertThatThrownBy(() -> parse(MINIMAL + "bad_row: {}\n"))
        .hasMessageContaining("unknown key 'bad_row'")
        .hasMessageNotContaining("bad_rows");
  }

  /**
   * Each line: the replaced text in {@link #MINIMAL}, the replacement, and the end of the message.
   */
  @ParameterizedTest
  @CsvFileSource(resources = "/dataset/invalid-specifications.csv", numLinesToSkip = 1)
  void rejectsEveryError(String old, String mistake, String message) {
    assertThat(MINIMAL).contains(old);
    String yaml = MINIMAL.replace(old, mistake.replace("\\n", "\n"));
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void rejectsAnEmptyFile() {
    assertThatThrownBy(() -> parse("# nothing\n")).hasMessage("spec.yaml is empty");
  }

  private static DatasetSpec parse(String yaml) {
    return DatasetSpec.parse(yaml, "spec.yaml");
  }
}
