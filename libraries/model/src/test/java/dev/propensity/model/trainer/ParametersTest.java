package dev.propensity.model.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Trainers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
  private static final Parameters PARAMETERS =
      new Parameters(
          "forest",
          List.of(
              Parameter.integer("trees", 100, 1, 1000, "how many"),
              Parameter.number("share", 0.5, 0, 1, "of the rows"),
              Parameter.flag("deep", true, "whether deep"),
              Parameter.choice("sparse", List.of("auto", "true", "false"), "whether sparse")));

  @Test
  void areTheDefaultsWhereNothingIsGiven() throws Exception {
    assertThat(PARAMETERS.over(null).toString())
        .isEqualTo("{\"trees\":100,\"share\":0.5,\"deep\":true,\"sparse\":\"auto\"}");
    assertThat(PARAMETERS.over(json("null"))).isEqualTo(PARAMETERS.over(null));
    assertThat(PARAMETERS.over(json("{}"))).isEqualTo(PARAMETERS.over(null));
  }

  @Test
  void areEqualHoweverTheSameNumberIsSpelt() throws Exception {
    ObjectNode values = PARAMETERS.over(json("{'trees': 7.0, 'share': 1}"));
    assertThat(values).isEqualTo(PARAMETERS.over(json("{'trees': 7, 'share': 1.0}")));
  }

  @Test
  void areFlagsWhereTheySaySo() throws Exception {
    assertThat(PARAMETERS.over(json("{'deep': false}")).get("deep").booleanValue()).isFalse();
  }

  @Test
  void areChoicesWhoseWordsMayBeTrueAndFalse() throws Exception {
    assertThat(PARAMETERS.over(json("{'sparse': true}")).get("sparse").booleanValue()).isTrue();
    assertThat(PARAMETERS.over(json("{'sparse': 'false'}")))
        .isEqualTo(PARAMETERS.over(json("{'sparse': false}")));
    ObjectNode all = PARAMETERS.over(json("{'sparse': false}"));
    assertThat(PARAMETERS.changed(all).toString()).isEqualTo("{\"sparse\":false}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'trees': 0}     | forest's parameter trees must be a whole number from 1 to 1000, not 0",
        "{'trees': 1.5}   | forest's parameter trees must be a whole number from 1 to 1000, not 1.5",
        "{'share': -0.1}  | forest's parameter share must be a number from 0 to 1, not -0.1",
        "{'share': 'all'} | forest's parameter share must be a number from 0 to 1, not \"all\"",
        "{'share': true}  | forest's parameter share must be a number from 0 to 1, not true",
        "{'deep': 1}      | forest's parameter deep must be true or false, not 1",
        "{'sparse': 1}    | forest's parameter sparse must be one of auto, true, false, not 1",
        "{'leaves': 3}    | forest has no parameter 'leaves'; there are trees, share, deep, sparse",
        "[1]              | parameters of forest must be a JSON object, such as {\"eta\": 0.1}, not [1]"
      })
  void areRejectedInWordsThatNameTheFix(String given, String message) {
    assertThatThrownBy(() -> PARAMETERS.over(json(given)))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  @Test
  void ofEveryLearnerHaveDefaultsWithinTheirRange() {
    for (Trainer trainer : Trainers.all()) {
      for (Parameter parameter : trainer.parameters().known()) {
        assertThat(parameter.standard()).isBetween(parameter.minimum(), parameter.maximum());
        assertThat(parameter.help()).isNotBlank();
      }
    }
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
