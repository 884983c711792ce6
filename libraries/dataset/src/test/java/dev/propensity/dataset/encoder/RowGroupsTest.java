package dev.propensity.dataset.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowGroupsTest {
  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: people
          title: Who?
          source: people.csv
          identifier: id
          label: {column: y, positive: 1, negative: 0}
          missing_values: [NA, " ? "]
          features:
            - {name: region, kind: category, missing: true, sensitive: report}
            - {name: code, kind: category, missing: true, sensitive: report}
            - {name: faith, kind: category, missing: true, sensitive: exclude}
            - {name: age, kind: number, missing: true, sensitive: exclude}
            - {name: band, kind: ordinal, values: ["1", "2.0"], missing: true, sensitive: report}
            - {name: size, kind: category, values: ["1", "2", "3.0"], sensitive: report}
          offer: {gain: 100, cost: 30}
          """,
          "people.yaml");

  private static final Encoder ENCODER =
      new Encoder(
          "id",
          SPEC.label(),
          List.of(
              new Encoder.Feature(column("region"), List.of("3", "28.0"), true),
              new Encoder.Feature(column("code"), List.of("007", "12", "Zürich"), false),
              new Encoder.Feature(column("band"), List.of()),
              new Encoder.Feature(column("size"), List.of("1", "2"), true)));

  @Test
  void spellingsOfOneNumberAreOneGroupWhereTheTrainingWordsAreNumbers() {
    assertThat(groups("region", "28", "28.0", " 2.8e1 ", "28.0", "03", "29.0", "29", "x"))
        .containsExactly("28.0", "28.0", "28.0", "28.0", "3", "29", "29", "x");
  }

  @Test
  void numbersStayApartWhereTheTrainingWordsAreCodes() {
    assertThat(groups("code", "007", "7", "12", "12.0")).containsExactly("007", "7", "12", "12.0");
  }

  @Test
  void spellingsOfOneTextInUnicodeAreOneGroup() {
    assertThat(groups("code", "Zürich", "Zu\u0308rich", "Gene\u0300ve", "Genève"))
        .containsExactly("Zürich", "Zürich", "Genève", "Genève");
  }

  @Test
  void emptyCellsAndMissingValuesAreOneGroup() {
    assertThat(groups("code", "", "NA", " NA\n", "?", " ? ", "na"))
        .containsExactly("", "", "", "", "", "na");
    assertThat(groups("age", "", "NA", "0")).containsExactly("", "", "0");
  }

  @Test
  void wordsOfAClosedListAreComparedByTheList() {
    assertThat(groups("band", "1.0", "1", "2", "NA")).containsExactly("1", "1", "2.0", "");
    assertThat(groups("size", "1.0", "3", "3.00")).containsExactly("1", "3.0", "3.0");
  }

  @Test
  void columnThatIsNoFeatureIsComparedAsNumbersIfAllItsRowsAre() {
    assertThat(groups("faith", "1", "1.0", "NA", "2.0")).containsExactly("1", "1", "", "2.0");
    assertThat(groups("faith", "1", "1.0", "a")).containsExactly("1", "1.0", "a");
    assertThat(groups("faith", "", "NA")).containsExactly("", "");
    assertThat(groups("age", "41.50", "41.5", "-0", "0")).containsExactly("41.5", "41.5", "0", "0");
  }

  @Test
  void readsEachColumnByItsName() {
    var groups =
        RowGroups.read(
            csv("age,code,faith\n1,x,\n2,\"y, z\",q\n"),
            "t.csv",
            List.of(column("faith"), column("code")),
            ENCODER);
    assertThat(groups.get("code")).containsExactly("x", "y, z");
    assertThat(groups.get("faith")).containsExactly("", "q");
    assertThat(groups).hasSize(2);
  }

  @Test
  void namesAColumnThatIsMissing() {
    assertThatThrownBy(
            () -> RowGroups.read(csv("a\n1\n"), "t.csv", List.of(column("age")), ENCODER))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("t.csv")
        .hasMessageContaining("'age'");
  }

  private static String[] groups(String column, String... cells) {
    String rows = "id," + column + "\n1,\"" + String.join("\"\n1,\"", cells) + "\"\n";
    return RowGroups.read(csv(rows), "t.csv", List.of(column(column)), ENCODER).get(column);
  }

  private static Column column(String name) {
    return SPEC.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private static InputStream csv(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
