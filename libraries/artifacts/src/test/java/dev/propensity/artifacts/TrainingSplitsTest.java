package dev.propensity.artifacts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingSplitsTest {
  private static final Column AGE =
      new Column(
          "age", ColumnKind.NUMBER, "Age", List.of(), null, null, false, Column.Sensitive.NO);
  private static final Encoder ENCODER =
      new Encoder(
          "id",
          new DatasetSpec.Label("bought", "1", "0"),
          List.of(new Encoder.Feature(AGE, List.of())));
  private static final FeatureTable GOOD = table("age", 1, 0, 1, 0);

  @Test
  void rejectsATrainSplitOfOneLabel() {
    assertThatThrownBy(() -> new TrainingSplits(ENCODER, table("age", 0, 0, 0, 1), GOOD))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the train split has 1 positive and 3 negative rows; training needs at least 2 of"
                + " each");
  }

  @Test
  void rejectsAnEmptyValidationSplit() {
    assertThatThrownBy(() -> new TrainingSplits(ENCODER, GOOD, table("age")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("the validation split has 0 positive and 0 negative rows");
  }

  @Test
  void rejectsATableThatTheEncoderDidNotMake() {
    assertThatThrownBy(() -> new TrainingSplits(ENCODER, table("height", 1, 0, 1, 0), GOOD))
        .isInstanceOf(UserException.class)
        .hasMessage("the features are [height], their encoder returns [age]");
  }

  private static FeatureTable table(String name, int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int row = 0; row < labels.length; row++) {
      bytes[row] = (byte) labels[row];
    }
    return new FeatureTable(
        List.of(name), new String[labels.length], bytes, new float[labels.length]);
  }
}
