package dev.propensity.monitoring.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.model.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinsTest {
  private static final float MAX = Float.MAX_VALUE;

  private static void assertCountedAsInBaseline(List<Float> edges, List<Float> values) {
    Histogram baseline = new Histogram(edges, new int[edges.size() + 1]);
    long[] expected = new long[edges.size() + 1];
    Bins bins = new Bins(baseline);
    for (float value : values) {
      expected[baseline.bin(value)]++;
      bins.add(value);
    }
    assertThat(bins.counts()).as("%s in %s", values, edges).isEqualTo(expected);
  }

  @Test
  void aNumberOnAnEdgeBelongsToTheUpperBin() {
    Bins bins = new Bins(new Histogram(List.of(1f, 2f), new int[3]));
    for (float value : new float[] {0.9f, 1, 1.5f, 2, 7}) {
      bins.add(value);
    }
    assertThat(bins.counts()).containsExactly(1, 2, 2);
  }

  @Test
  void findsTheBinWhateverTheEdgesAre() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      List<Float> edges = new ArrayList<>();
      double scale = Math.pow(10, random.nextInt(60) - 30);
      for (int edge = random.nextInt(20); edge > 0; edge--) {
        edges.add(
            (float)
                (scale * (random.nextBoolean() ? random.nextGaussian() : 5 + random.nextFloat())));
      }
      List<Float> rising = edges.stream().distinct().sorted().toList();
      List<Float> values = new ArrayList<>(List.of(0f, -MAX, MAX, Float.MIN_VALUE));
      for (float edge : rising) {
        values.addAll(List.of(edge, Math.nextUp(edge), Math.nextDown(edge)));
      }
      for (int i = 0; i < 50; i++) {
        values.add((float) (scale * 3 * random.nextGaussian()));
      }
      assertCountedAsInBaseline(rising, values);
    }
    assertCountedAsInBaseline(List.of(-MAX, 0f, MAX), List.of(-MAX, -1f, 0f, 1f, MAX));
    assertCountedAsInBaseline(List.of(), List.of(-1f, 1f));
    assertCountedAsInBaseline(List.of(3f), List.of(2f, 3f, 4f));
  }

  @Test
  void addsCountsOfTheSameBins() {
    Bins one = new Bins(new Histogram(List.of(1f), new int[2]));
    Bins other = one.empty();
    one.add(0);
    other.add(2);
    other.add(3);
    one.add(other);
    assertThat(one.counts()).containsExactly(1, 2);
    assertThat(one.empty().counts()).containsExactly(0, 0);
  }
}
