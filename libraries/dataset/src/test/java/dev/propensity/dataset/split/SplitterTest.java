package dev.propensity.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.propensity.dataset.specification.HashSplit;
import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class SplitterTest {

  /** Computed by the Python code in the class's Javadoc. */
  @Test
  void dealsAsItsDescriptionSays() {
    Splitter splitter = new Splitter(new HashSplit(2026, 0.15, 0.2));
    StringBuilder sides = new StringBuilder();
    for (String identifier : "1 2 3 4 5 6 7 8 9 10 Köln 東京 😀 x".split(" ")) {
      sides
          .append(splitter.split(identifier).name().charAt(0))
          .append(splitter.split(identifier).name().charAt(1))
          .append(' ');
    }
    assertThat(sides.toString().trim()).isEqualTo("TR TR TR VA VA TR TE TR TR TR TR TR TR TE");
  }

  @Property
  void givesEachSplitItsShare(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.05, max = 0.45) double validation,
      @ForAll @DoubleRange(min = 0.05, max = 0.45) double test) {
    Splitter splitter = new Splitter(new HashSplit(seed, validation, test));
    Map<Split, Integer> rows = new EnumMap<>(Split.class);
    for (int i = 0; i < 4000; i++) {
      rows.merge(splitter.split(String.valueOf(i)), 1, Integer::sum);
    }
    // six standard deviations of a binomial share of 4,000 rows are below 0.05
    assertThat(rows.get(Split.TEST) / 4000.0).isCloseTo(test, within(0.05));
    assertThat(rows.get(Split.VALIDATION) / 4000.0).isCloseTo(validation, within(0.05));
  }

  @Property
  void keepsARowOnItsSideThoughTheSplitGrows(
      @ForAll long seed,
      @ForAll String identifier,
      @ForAll @DoubleRange(min = 0.05, max = 0.4) double share,
      @ForAll @DoubleRange(min = 0, max = 0.09) double more) {
    Split before = new Splitter(new HashSplit(seed, share, share)).split(identifier);
    Split after = new Splitter(new HashSplit(seed, share + more, share + more)).split(identifier);
    assertThat(before == Split.TRAIN || after == before).isTrue();
    assertThat(new Splitter(new HashSplit(seed, share, share)).split(identifier)).isEqualTo(before);
  }
}
