package dev.propensity.dataset.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
  private final SplittableRandom random = new SplittableRandom(3);

  private float[] values(int count, ToDoubleFunction<SplittableRandom> value) {
    float[] values = new float[count];
    for (int row = 0; row < count; row++) {
      values[row] = (float) value.applyAsDouble(random);
    }
    return values;
  }

  @Test
  void aNumberThatSeparatesTheLabelsIsALeakInEitherDirectionAndInSmallTables() {
    for (int rows : new int[] {30, 2000}) {
      float[] low = values(rows, SplittableRandom::nextDouble);
      float[] high = values(rows, draw -> 1.001 + draw.nextDouble());
      assertThat(LeakCheck.auc(low, high, true)).isEqualTo(1);
      assertThat(LeakCheck.auc(high, low, true)).isEqualTo(1);
    }
  }

  @Test
  void aNumberWhoseMiddleIsPositiveIsALeak() {
    float[] outside = values(2000, draw -> draw.nextBoolean() ? 1 : 3);
    float[] middle = values(2000, draw -> 2);
    assertThat(LeakCheck.auc(outside, middle, true)).isGreaterThan(0.999);
    float[] far = values(2000, draw -> draw.nextDouble() + (draw.nextBoolean() ? -2 : 2));
    float[] near = values(2000, SplittableRandom::nextDouble);
    assertThat(LeakCheck.auc(far, near, true)).isGreaterThan(0.99);
  }

  @Test
  void wordsOfOneLabelAreALeakAndManyWordsWithoutMeaningAreNot() {
    float[] odd = values(2000, draw -> 2 * draw.nextInt(20) + 1);
    float[] even = values(2000, draw -> 2 * draw.nextInt(20));
    assertThat(LeakCheck.auc(odd, even, false)).isGreaterThan(0.999);
    float[] some = values(2000, draw -> draw.nextInt(1000));
    float[] others = values(2000, draw -> draw.nextInt(1000));
    assertThat(LeakCheck.auc(some, others, false)).isCloseTo(0.5, within(0.03));
  }

  @Test
  void aWordOfItsOwnForEachRowTellsNothing() {
    float[] first = new float[500];
    float[] second = new float[500];
    for (int row = 0; row < 500; row++) {
      first[row] = 2 * row;
      second[row] = 2 * row + 1;
    }
    assertThat(LeakCheck.auc(first, second, false)).isCloseTo(0.5, within(0.01));
  }

  @Test
  void missingValuesAreAValueOfTheirOwn() {
    float[] missing = values(100, draw -> Double.NaN);
    float[] present = values(100, SplittableRandom::nextDouble);
    assertThat(LeakCheck.auc(missing, present, true)).isEqualTo(1);
    assertThat(LeakCheck.auc(missing, values(100, draw -> draw.nextInt(5)), false))
        .isGreaterThan(0.99);
  }

  @Property(tries = 50)
  void aColumnWithoutMeaningIsNoLeak(
      @ForAll @IntRange(min = 30, max = 400) int rows,
      @ForAll @IntRange(min = 1, max = 60) int levels) {
    float[] some = values(rows, draw -> draw.nextInt(levels));
    float[] others = values(rows, draw -> draw.nextInt(levels));
    for (boolean ordered : new boolean[] {true, false}) {
      assertThat(LeakCheck.auc(some, others, ordered)).isLessThan(0.9);
    }
  }

  @Test
  void fewRowsAreNotJudged() {
    float[] high = values(500, draw -> 2);
    assertThat(LeakCheck.auc(values(29, draw -> 1), high, true)).isEqualTo(0.5);
    assertThat(LeakCheck.auc(values(30, draw -> 1), high, true)).isEqualTo(1);
  }

  @Test
  void samplesEachLabelAlike() {
    LabelSample sample = new LabelSample(1);
    for (int row = 0; row < 100_000; row++) {
      sample.add(new float[] {row}, (byte) (row % 100 == 0 ? 1 : 0));
    }
    assertThat(sample.size(0)).isEqualTo(2000);
    assertThat(sample.size(1)).isEqualTo(1000);
    double sum = 0;
    for (float value : sample.values(0, 0)) {
      sum += value;
    }
    assertThat(sum / 2000).isCloseTo(50_000, within(2500.0));
  }
}
