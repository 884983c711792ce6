package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class GroupTest {
  private static final ScoredRows ROWS = Rows.of("110001", .75, .5, .25, .5, .125, .125);

  @Test
  void measuresEachGroupByItself() {
    // a: rows 1, 2, 3; b: rows 4 and 6; no value: row 5.
    assertThat(Group.of(ROWS, .5, new String[] {"a", "a", "a", "b", "", "b"}))
        .containsExactly(
            new Group("", 1, 0, 0, null, .125, 0),
            new Group("a", 3, 2, 2 / 3.0, 1.0, .5, 2 / 3.0),
            new Group("b", 2, 1, .5, 0.0, .3125, .5));
  }

  @Test
  void rejectsAColumnOfOtherRows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Group.of(ROWS, .5, new String[] {"a", "a"}));
  }
}
