package dev.propensity.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.propensity.foundation.UserException;
import dev.propensity.model.FeatureTables;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class XGBoostTreesTest {
  private static byte[] model;

  @BeforeAll
  static void train() {
    var given = JsonNodeFactory.instance.objectNode().put("rounds", 5);
    model =
        XGBoostTrainer.train(
                FeatureTables.TYPES,
                FeatureTables.table(2000, 1),
                FeatureTables.table(500, 2),
                new XGBoostTrainer().parameters(given),
                1)
            .bytes();
  }

  @Test
  void keepTheirFirstRoundsOnly() {
    XGBoostTrees two = XGBoostTrees.read(XGBoostTrees.read(model).truncated(2));
    assertThat(two.trees()).hasSize(2);
    assertThat(two.baseScore()).isEqualTo(XGBoostTrees.read(model).baseScore());
    assertThat(two.features()).isEqualTo(FeatureTables.NAMES);
  }

  @Test
  void gainNothingWithoutASplit() {
    assertThat(XGBoostTrees.read(XGBoostTrees.read(model).truncated(0)).importance().values())
        .containsOnly(0.0);
  }

  @Test
  void areRejectedWhereTheFileBreaksOff() {
    for (int length = 0; length < model.length; length += 101) {
      byte[] part = java.util.Arrays.copyOf(model, length);
      assertThatThrownBy(() -> XGBoostTrees.read(part))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("the XGBoost model is damaged: ");
    }
  }

  @Test
  void areRejectedWhereANodeLeadsNowhere() {
    Map<String, Object> document = XGBoostTrees.read(model).document();
    Map<?, ?> learner = (Map<?, ?>) document.get("learner");
    Map<?, ?> booster = (Map<?, ?>) learner.get("gradient_booster");
    List<?> trees = (List<?>) ((Map<?, ?>) booster.get("model")).get("trees");
    NumericArray left = (NumericArray) ((Map<?, ?>) trees.get(0)).get("left_children");
    ByteBuffer data = left.data();
    data.putInt(0, 1_000_000);
    assertThatThrownBy(() -> XGBoostTrees.read(UbjsonWriter.write(document)))
        .isInstanceOf(UserException.class)
        .hasMessage("the XGBoost model is damaged: node 0 leads nowhere");
  }

  @Test
  void areRejectedWhereAnotherVersionOfTheLibraryWroteThem() {
    Map<Object, Object> document = new LinkedHashMap<>((Map<?, ?>) UbjsonReader.read(model));
    document.put("version", List.of(3L, 4L, 0L));
    assertThatThrownBy(() -> XGBoostTrees.read(UbjsonWriter.write(document)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the XGBoost model was written by XGBoost 3.4.0; only models of XGBoost 3.0.4 are read"
                + " here: train it again");
  }

  @Test
  void areRejectedWhereTheFileIsOtherJson() {
    assertThatThrownBy(() -> XGBoostTrees.read(UbjsonWriter.write(Map.of("learner", "none"))))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("the XGBoost model is damaged");
  }
}
