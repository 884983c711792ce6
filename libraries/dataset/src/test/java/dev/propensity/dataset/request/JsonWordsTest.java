package dev.propensity.dataset.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.DatasetSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWordsTest {
  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: offers
          title: Who takes the offer?
          source: sample:1000
          identifier: customer
          label:
            column: taken
            positive: "yes"
            negative: "no"
          features:
            - name: age
              kind: number
              missing: true
              missing_values: ["-99.0"]
            - name: town
              kind: category
          split:
            seed: 7
            validation: 0.2
            test: 0.2
          learner: xgboost
          offer:
            gain: 10
            cost: 3
            currency: EUR
          """,
          "offers.yaml");

  private static final JsonWords WORDS =
      new JsonWords(
          new Encoder(
              SPEC.identifier(),
              SPEC.label(),
              List.of(
                  new Encoder.Feature(SPEC.columns().get(0), List.of()),
                  new Encoder.Feature(SPEC.columns().get(1), List.of("28.0")))));

  @Test
  void findsTheWordOfANumberHoweverItIsWritten() throws Exception {
    assertThat(word(0, "-99")).isEqualTo("-99.0");
    assertThat(word(0, "-9.9e1")).isEqualTo("-99.0");
    assertThat(word(1, "28")).isEqualTo("28.0");
  }

  @Test
  void keepsTheTextOfANumberThatNoDecimalCanHold() throws Exception {
    for (String number : List.of("1e99999999999", "100e2147483647", "-1e-99999999999")) {
      assertThat(word(0, number)).isEqualTo(number);
      assertThat(word(1, number)).isEqualTo(number);
    }
  }

  private static String word(int feature, String number) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(number + " ")) {
      parser.nextToken();
      return new String(WORDS.ofNumber(feature, parser));
    }
  }
}
