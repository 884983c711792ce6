package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static final Ranking SIX = Ranking.of(Rows.SIX);

  @Test
  void drawsEveryStepOfAShortCurve() {
    assertThat(Curve.roc(SIX))
        .isEqualTo(
            new Curve(
                List.of(0.0, 0.0, 1 / 3.0, 1 / 3.0, 2 / 3.0, 1.0),
                List.of(0.0, 1 / 3.0, 1 / 3.0, 2 / 3.0, 1.0, 1.0)));
    assertThat(Curve.precisionRecall(SIX))
        .isEqualTo(
            new Curve(
                List.of(1 / 3.0, 1 / 3.0, 2 / 3.0, 1.0, 1.0),
                List.of(1.0, 1 / 2.0, 2 / 3.0, 3 / 5.0, 3 / 6.0)));
    assertThat(Curve.gain(SIX))
        .isEqualTo(
            new Curve(
                List.of(0.0, 1 / 6.0, 2 / 6.0, 3 / 6.0, 5 / 6.0, 1.0),
                List.of(0.0, 1 / 3.0, 1 / 3.0, 2 / 3.0, 1.0, 1.0)));
  }

  @Test
  void thinsALongCurveAndKeepsItsEnds() {
    byte[] labels = new byte[1000];
    float[] scores = new float[1000];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 2);
      scores[i] = i / 1000f;
    }
    Curve gain = Curve.gain(Ranking.of(ScoredRows.of("the test split", labels, scores)));
    assertThat(gain.x()).hasSize(Curve.POINTS).startsWith(0.0).endsWith(1.0).isSorted();
    assertThat(gain.y()).hasSize(Curve.POINTS).startsWith(0.0).endsWith(1.0).isSorted();
    assertThat(gain.x().get(1)).isEqualTo(5 / 1000.0); // ⌊1 × 1000 / 199⌋ steps on
  }

  @Test
  void drawsASinglePointWhereAllScoresAreEqual() {
    Curve curve = Curve.precisionRecall(Ranking.of(Rows.of("1100", .5, .5, .5, .5)));
    assertThat(curve).isEqualTo(new Curve(List.of(1.0), List.of(.5)));
  }

  @Test
  void rejectsAnXWithoutAY() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Curve(List.of(1.0), List.of()));
  }
}
