package dev.propensity.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowFoldsTest {
  @Property
  void eachFoldHasItsShareOfEachLabel(
      @ForAll @Size(max = 300) boolean[] positive, @ForAll @IntRange(min = 2, max = 20) int count) {
    byte[] labels = new byte[positive.length];
    int[] totals = new int[2];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (byte) (positive[row] ? 1 : 0);
      totals[labels[row]]++;
    }
    RowFolds folds = new RowFolds(labels, count);
    int[][] counts = new int[2][count];
    for (int row = 0; row < labels.length; row++) {
      counts[labels[row]][folds.of(row)]++;
    }
    for (int label = 0; label <= 1; label++) {
      int share = totals[label] / count;
      assertThat(Arrays.stream(counts[label])).allMatch(rows -> rows == share || rows == share + 1);
    }
  }

  @Test
  void aFoldIsNoRunOfRowsAndNoEveryTenthRow() {
    RowFolds folds = new RowFolds(new byte[1000], 10);
    for (int distance : new int[] {1, 10}) {
      int together = 0;
      for (int row = distance; row < 1000; row++) {
        together += folds.of(row) == folds.of(row - distance) ? 1 : 0;
      }
      assertThat(together)
          .as("rows at distance %d, a tenth by chance", distance)
          .isBetween(60, 140);
    }
  }
}
