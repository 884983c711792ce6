package dev.propensity.dataset.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: offers
          title: Who takes the offer?
          source: offers.csv
          identifier: customer
          label: {column: taken, positive: "yes", negative: "no"}
          features:
            - {name: age, kind: number, missing: true}
            - {name: town, kind: category}
            - {name: member, kind: boolean, values: ["n", "y"]}
          offer: {gain: 10, cost: 3}
          """,
          "offers.yaml");

  private static final RequestReader READER =
      new RequestReader(
          new Encoder(
              SPEC.identifier(),
              SPEC.label(),
              List.of(
                  new Encoder.Feature(SPEC.columns().get(0), List.of()),
                  new Encoder.Feature(SPEC.columns().get(1), List.of("28.0", "a town")),
                  new Encoder.Feature(SPEC.columns().get(2), List.of()))));

  @Test
  void readsJsonAsTheServerEncodesIt() {
    List<String> rows =
        rows(
            "application/json",
            """
            [{"customer": 7, "age": 4.50, "town": 28, "member": true, "more": {"age": [1]}},
             {"customer": null, "age": null, "town": " a town ", "member": "n"},
             {"town": ""}]
            """);
    assertThat(rows)
        .containsExactly(
            "7: [4.50, 28.0, y]", "null: [null, a town, n]", "null: [null, null, null]");
  }

  @Test
  void readsCsvByItsContentType() {
    assertThat(rows("text/csv", "town,age,customer,member\n\"a town\",4.5,ann,y\n28,,bob,n\n"))
        .containsExactly("ann: [4.5, a town, y]", "bob: [null, 28, n]");
    assertThat(rows("text/csv; decimal=comma", "age;town;member\n4,5;28;y\n"))
        .containsExactly("null: [4.5, 28, y]");
    assertThat(rows("text/csv; header=absent", "4.5,28,y\n")).containsExactly("null: [4.5, 28, y]");
  }

  @Test
  void rejectsWhatIsNoRequestThatWasAnswered() {
    rejects("application/json", "{\"age\": 1}", "is not a JSON array of row objects");
    rejects("application/json", "[{\"age\": 1}", "the request is not JSON");
    rejects("application/json", "[{\"age\": 1}, 2]", "is not a JSON array of row objects");
    rejects("", "", "is not a JSON array of row objects");
    rejects("text/csv", "town\na\n", "missing column");
    rejects("text/csv", "age,town,member\nold,28,y\n", "old");
    rejects("text/csv; decimal=semicolon", "", "not 'decimal=semicolon'");
  }

  private static List<String> rows(String type, String body) {
    return READER.rows(type, body.getBytes(StandardCharsets.UTF_8)).stream()
        .map(row -> row.identifier() + ": " + Arrays.toString(row.cells()))
        .toList();
  }

  private static void rejects(String type, String body, String reason) {
    assertThatThrownBy(() -> READER.rows(type, body.getBytes(StandardCharsets.UTF_8)))
        .as(body)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(reason);
  }
}
