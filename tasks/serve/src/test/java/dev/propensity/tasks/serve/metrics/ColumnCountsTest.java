package dev.propensity.tasks.serve.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnCountsTest {
  @Test
  void countsByColumn() {
    ColumnCounts counts = new ColumnCounts();
    assertThat(counts.text()).isEmpty();
    counts.add("Region_Code", 17);
    counts.add("größe, m=1", 2);
    assertThat(counts.text()).isEqualTo("Region_Code=17, gr%C3%B6%C3%9Fe%2C+m%3D1=2");
  }

  @Test
  void pairsOfWordsThatLookAlike() {
    ColumnCounts words = new ColumnCounts();
    words.addLookAlike("the colour", "RED", "red");
    words.addLookAlike("the colour", "re\u200Bd~, =", "größe");
    assertThat(words.text())
        .isEqualTo("the+colour=RED~red, the+colour=re%E2%80%8Bd%7E%2C+%3D~gr%C3%B6%C3%9Fe");
  }

  @Test
  void hundredsOfColumnsLeaveRoomForOtherHeaders() {
    ColumnCounts counts = new ColumnCounts();
    for (int column = 0; column < 400; column++) {
      counts.add("a_rather_long_name_of_a_column_" + column, 1_000_000);
    }
    String[] elements = counts.text().split(", ");
    assertThat(counts.text()).hasSizeBetween(1900, ColumnCounts.MAX_BYTES + 20);
    assertThat(elements[0]).isEqualTo("a_rather_long_name_of_a_column_0=1000000");
    assertThat(elements[elements.length - 1])
        .isEqualTo("and " + (400 - elements.length + 1) + " more");
  }

  @Test
  void aNameThatIsLongerThanAll() {
    ColumnCounts counts = new ColumnCounts();
    counts.add("x".repeat(ColumnCounts.MAX_BYTES), 1);
    assertThat(counts.text()).isEqualTo("and 1 more");
  }
}
