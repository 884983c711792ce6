package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupTest {
  private static final ScoredRows ROWS = Rows.of("110001", .75, .5, .25, .5, .125, .125);

  @Test
  void measuresEachGroupByItself() {
    // a: rows 1, 2, 3; b: rows 4 and 6; no value: row 5.
    assertThat(Group.of(ROWS, .5, new String[] {"a", "a", "a", "b", "", "b"}))
        .containsExactly(
            new Group("", 1, 0, 0, null, .125, 0, null),
            new Group("a", 3, 2, 2 / 3.0, 1.0, .5, 2 / 3.0, null),
            new Group("b", 2, 1, .5, 0.0, .3125, .5, null));
  }

  /**
   * Three groups: 200 rows with 100 positives, of which 80 and 20 of the others are selected; 150
   * rows with 50, of which 30 and 20; 40 rows with 29, all of them selected.
   */
  private static List<Group> three() {
    List<String> values = new ArrayList<>();
    StringBuilder labels = new StringBuilder();
    List<Double> scores = new ArrayList<>();
    add("a", 80, 20, 20, 80, values, labels, scores);
    add("b", 30, 20, 20, 80, values, labels, scores);
    add("c", 29, 0, 11, 0, values, labels, scores);
    double[] all = scores.stream().mapToDouble(Double::doubleValue).toArray();
    return Group.of(Rows.of(labels.toString(), all), .5, values.toArray(String[]::new));
  }

  private static void add(
      String group,
      int hits,
      int missed,
      int selectedNegatives,
      int others,
      List<String> values,
      StringBuilder labels,
      List<Double> scores) {
    int[] counts = {hits, missed, selectedNegatives, others};
    for (int kind = 0; kind < counts.length; kind++) {
      for (int row = 0; row < counts[kind]; row++) {
        values.add(group);
        labels.append(kind < 2 ? '1' : '0');
        scores.add(kind % 2 == 0 ? .75 : .25);
      }
    }
  }

  @Test
  void comparesAGroupWithTheRowsOfAllOthers() {
    GroupStatistics a = three().get(0).statistics();
    assertThat(a.selectionRate()).isEqualTo(new Proportion(100, 200).interval());
    assertThat(a.recall()).isEqualTo(new Proportion(80, 100).interval());
    assertThat(a.baseRate()).isEqualTo(new Proportion(100, 200).interval());
    Interval recall = new Proportion(80, 100).minus(new Proportion(59, 79));
    assertThat(a.recallDifference().value()).isEqualTo(recall.value());
    assertThat(a.recallDifference().low()).isEqualTo(recall.low());
    assertThat(a.recallDifference().high()).isEqualTo(recall.high());
  }

  @Test
  void adjustsPValuesForTheNumberOfGroupsThatAreCompared() {
    // recall: a 80/100 vs. 59/79, b 30/50 vs. 109/129; c has too few positives
    double a = new Proportion(80, 100).pValue(new Proportion(59, 79));
    double b = new Proportion(30, 50).pValue(new Proportion(109, 129));
    assertThat(b).isLessThan(a);
    List<Group> groups = three();
    assertThat(groups.get(1).statistics().recallDifference().p()).isEqualTo(2 * b);
    assertThat(groups.get(1).statistics().recallDifference().isSignificant()).isTrue();
    assertThat(groups.get(0).statistics().recallDifference().p()).isEqualTo(a);
    assertThat(groups.get(0).statistics().recallDifference().isSignificant()).isFalse();
  }

  @Test
  void aGroupWithOneScoreHasNoSlope() {
    List<String> values = new ArrayList<>();
    StringBuilder labels = new StringBuilder();
    List<Double> scores = new ArrayList<>();
    add("one", 100, 0, 120, 0, values, labels, scores);
    add("two", 80, 40, 50, 80, values, labels, scores);
    double[] all = scores.stream().mapToDouble(Double::doubleValue).toArray();
    List<Group> groups =
        Group.of(Rows.of(labels.toString(), all), .5, values.toArray(String[]::new));
    assertThat(groups.get(0).statistics().slope()).isNull();
    assertThat(groups.get(1).statistics().slope().low()).isPositive();
  }

  @Test
  void twoGroupsAreOneTest() {
    String[] values = new String[120];
    Arrays.fill(values, 0, 60, "a");
    Arrays.fill(values, 60, 120, "b");
    double[] scores = new double[120];
    Arrays.fill(scores, 0, 40, .75);
    Arrays.fill(scores, 60, 120, .25);
    List<Group> groups = Group.of(Rows.of("10".repeat(60), scores), .5, values);
    double p = new Proportion(40, 60).pValue(new Proportion(0, 60));
    assertThat(groups)
        .allSatisfy(g -> assertThat(g.statistics().selectionDifference().p()).isEqualTo(p));
  }

  @Test
  void saysNothingOfAGroupWithFewerThanThirtyPositives() {
    assertThat(three().get(2).statistics()).isNull();
    assertThat(three().get(2).positives()).isEqualTo(29);
  }

  @Test
  void calibratesAGroupByItself() {
    Group b = three().get(1); // 50 rows of score .75 with 30 positives, 100 of .25 with 20
    assertThat(b.statistics().calibration().value())
        .isCloseTo(62.5 / 150 - 50 / 150.0, within(1e-12));
    Interval bias =
        CalibrationBias.of(
            Rows.of(
                "1".repeat(30) + "0".repeat(20) + "1".repeat(20) + "0".repeat(80),
                java.util.stream.IntStream.range(0, 150)
                    .mapToDouble(row -> row < 50 ? .75 : .25)
                    .toArray()));
    assertThat(b.statistics().calibration().low()).isCloseTo(bias.low(), within(1e-12));
    assertThat(b.statistics().calibration().high()).isCloseTo(bias.high(), within(1e-12));
  }

  @Test
  void givesTheSlopeOnlyWhereThereAreEnoughRowsOfEachLabel() {
    List<Group> groups = three();
    assertThat(groups.get(0).statistics().slope()).isNotNull();
    assertThat(groups.get(1).statistics().slope()).isNull();
  }

  @Test
  void rejectsAColumnOfOtherRows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Group.of(ROWS, .5, new String[] {"a", "a"}));
  }
}
