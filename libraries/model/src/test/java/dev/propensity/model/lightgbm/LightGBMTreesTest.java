package dev.propensity.model.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.propensity.foundation.UserException;
import dev.propensity.model.FeatureTables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LightGBMTreesTest {
  private static String model;

  @BeforeAll
  static void train() {
    var given = JsonNodeFactory.instance.objectNode().put("rounds", 5);
    byte[] bytes =
        LightGBMTrainer.refit(
                List.of(1, 2),
                FeatureTables.table(2000, 1),
                5,
                new LightGBMTrainer().parameters(given),
                1)
            .bytes();
    model = new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void areAsManyAsRounds() {
    assertThat(LightGBMTrees.read(model).trees()).hasSize(5);
    assertThat(LightGBMTrees.read(model).features()).isEqualTo(4);
  }

  @Test
  void areRejectedWhereTheFileBreaksOff() {
    int end = model.indexOf("end of trees");
    for (int length = 0; length < end; length += 101) {
      String part = model.substring(0, length);
      assertThatThrownBy(() -> LightGBMTrees.read(part))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("the LightGBM model is damaged: ");
    }
  }

  @Test
  void areRejectedWhereANodeLeadsNowhere() {
    for (String damaged : List.of("left_child=7777 ", "left_child=-7777 ", "left_child=0 ")) {
      String text = model.replaceFirst("left_child=\\S+ ", damaged);
      assertThatThrownBy(() -> LightGBMTrees.read(text))
          .isInstanceOf(UserException.class)
          .hasMessage("the LightGBM model is damaged: node 0 leads nowhere");
    }
  }

  @Test
  void areRejectedWhereTheyAreOfAnotherObjective() {
    assertThatThrownBy(() -> LightGBMTrees.read(model.replace("binary sigmoid:1", "regression")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("of another objective");
  }

  @Test
  void areRejectedInAnotherFormat() {
    assertThatThrownBy(() -> LightGBMTrees.read(model.replace("version=v4", "version=v5")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the LightGBM model has the format v5; only v4, of LightGBM 4.3.0, is read here:"
                + " train it again");
  }

  @Test
  void holdNothingOfTheNumberOfThreads() {
    assertThat(model).contains("[num_threads: 0]");
  }
}
