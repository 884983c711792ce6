package dev.propensity.tasks.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.foundation.UserException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonRowsTest {
  private static final int ROWS = 10_000;

  /** Rows in the order of their labels, the positive ones last. */
  private static FeatureTable sorted(int positives) {
    byte[] labels = new byte[ROWS];
    float[] values = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      labels[row] = (byte) (row < ROWS - positives ? 0 : 1);
      values[row] = row;
    }
    return new FeatureTable(List.of("x"), (String[]) null, labels, values);
  }

  private static long positives(FeatureTable rows) {
    return IntStream.range(0, rows.rows()).filter(row -> rows.labels()[row] == 1).count();
  }

  @Test
  void takesOfEachLabelItsShare() {
    FeatureTable rows = ComparisonRows.of(sorted(2_000), 1_000, 50);
    assertThat(rows.rows()).isEqualTo(1_000);
    assertThat(positives(rows)).isEqualTo(200);
    assertThat(rows.values()).isSorted();
    assertThat(rows.values()[0]).isLessThan(100f);
    assertThat(rows.values()[rows.rows() - 1]).isGreaterThan(ROWS - 100f);
  }

  @Test
  void takesEnoughRowsOfARareLabel() {
    assertThat(positives(ComparisonRows.of(sorted(60), 1_000, 50))).isEqualTo(50);
  }

  @Test
  void takesAllRowsOfASmallTable() {
    assertThat(ComparisonRows.of(sorted(60), ROWS, 50).rows()).isEqualTo(ROWS);
  }

  @Test
  void rejectsTooFewRowsOfALabel() {
    assertThatThrownBy(() -> ComparisonRows.of(sorted(49), ROWS, 50))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "COMPARE=1 needs 50 rows of each label, and the sample of 10000 rows has only 49"
                + " positive ones; draft without it, then compare on all rows with make"
                + " experiment");
  }
}
