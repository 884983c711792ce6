package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ScoredRowsTest {
  @Test
  void countsLabels() {
    assertThat(Rows.SIX.rows()).isEqualTo(6);
    assertThat(Rows.SIX.positives()).isEqualTo(3);
    assertThat(Rows.of("11100", 0, 0, 0, 0, 0).negatives()).isEqualTo(2);
    assertThat(Rows.of("11100", 0, 0, 0, 0, 0).baseRate()).isEqualTo(0.6);
  }

  @Test
  void leavesOutRowsInTheirOrder() {
    // of the labels 1 0 1 1 0 0, without the second: 1 1 1 0 0
    ScoredRows rest = Rows.SIX.without(BitSet.valueOf(new long[] {0b10})).orElseThrow();
    assertThat(rest.rows()).isEqualTo(5);
    assertThat(rest.positives()).isEqualTo(3);
    assertThat(rest.score(1)).isEqualTo(.7f);
    assertThat(rest.label(3)).isZero();
  }

  @Test
  void leavesNothingWhereALabelHasFewerThanTwoRows() {
    assertThat(Rows.SIX.without(BitSet.valueOf(new long[] {0b110010}))).isEmpty();
    assertThat(Rows.SIX.without(BitSet.valueOf(new long[] {0b001101}))).isEmpty();
  }

  @Test
  void rejectsASplitWithoutRows() {
    assertThatThrownBy(() -> Rows.of(""))
        .isInstanceOf(UserException.class)
        .hasMessage("the test split has no rows; a model cannot be evaluated on it");
  }

  @Test
  void rejectsASplitOfOneClass() {
    assertThatThrownBy(() -> Rows.of("000", .1, .2, .3))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the test split has 0 positive and 3 negative rows; "
                + "evaluation needs at least two of each");
    assertThatThrownBy(() -> Rows.of("111", .1, .2, .3)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> Rows.of("1000", .1, .2, .3, .4)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> Rows.of("1101", .1, .2, .3, .4)).isInstanceOf(UserException.class);
    assertThat(Rows.of("1100", .1, .2, .3, .4).rows()).isEqualTo(4);
  }

  @Test
  void rejectsARowWithoutALabel() {
    assertThatThrownBy(
            () -> ScoredRows.of("the test split", new byte[] {1, -1}, new float[] {0, 0}))
        .isInstanceOf(UserException.class)
        .hasMessage("row 2 of the test split has no label; every row needs one");
  }

  @Test
  void rejectsScoresThatAreNoProbabilities() {
    assertThatIllegalArgumentException().isThrownBy(() -> Rows.of("1100", .1, 1.1, .3, .4));
    assertThatIllegalArgumentException().isThrownBy(() -> Rows.of("1100", .1, -.1, .3, .4));
    assertThatIllegalArgumentException().isThrownBy(() -> Rows.of("1100", .1, Double.NaN, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Rows.of("1100", .1, .2, .3, .4, .5));
  }

  @Test
  void keepsItsOwnCopy() {
    byte[] labels = {1, 1, 0, 0};
    float[] scores = {.4f, .3f, .2f, .1f};
    ScoredRows rows = ScoredRows.of("the test split", labels, scores);
    labels[0] = 0;
    scores[0] = 0;
    assertThat(rows.isPositive(0)).isTrue();
    assertThat(rows.isPositive(2)).isFalse();
    assertThat(rows.score(0)).isEqualTo(.4f);
  }
}
