package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawRowsTest {
  @Test
  void areEncodedToTheFeaturesThatTheyCameFrom() {
    Encoder encoder = Offers.encoder();
    RawRows raw = new RawRows(encoder);
    FeatureTable table = Offers.table(500, 11);
    int width = table.names().size();
    float[] again = new float[width];
    for (int row = 0; row < table.rows(); row++) {
      encoder.encode(raw.of(table.values(), row * width), again, 0);
      assertThat(again)
          .isEqualTo(Arrays.copyOfRange(table.values(), row * width, (row + 1) * width));
    }
  }

  @Test
  void haveAWordForTheUnseenThatNoCategoryHas() {
    Encoder.Feature town = Offers.encoder().features().get(2);
    Encoder.Feature odd = new Encoder.Feature(town.column(), List.of("unseen", "unseen?"));
    assertThat(RawRows.unseen(town)).isEqualTo("unseen");
    assertThat(RawRows.unseen(odd)).isEqualTo("unseen??");
  }
}
