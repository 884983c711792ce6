package dev.propensity.dataset.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.propensity.dataset.split.Split;
import dev.propensity.dataset.split.Splitter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyCheckTest {
  private static final float NEW = Float.NaN;

  private final SplittableRandom random = new SplittableRandom(2026);
  private final CopyCheck check = CopyCheck.ofHashes();

  /** Adds a row in a random split, a fifth of them test rows. */
  private void add(float[] values, double rate) {
    add(values, random.nextDouble() < rate ? (byte) 1 : 0);
  }

  private void add(float[] values, byte label) {
    add(values, random.nextDouble() < .2 ? Split.TEST : Split.TRAIN, label);
  }

  private void add(float[] values, Split split, byte label) {
    long hash = 0;
    for (float value : values) {
      hash = Splitter.mix(hash ^ Float.floatToIntBits(value));
    }
    check.add(hash, split, label);
  }

  private Copies found() {
    return check.result().copies();
  }

  private float[] unique() {
    return new float[] {(float) random.nextDouble(), random.nextInt(3)};
  }

  @ParameterizedTest
  @ValueSource(doubles = {.3, .02, .88})
  void findsATableWithEveryRowTwice(double rate) {
    for (int row = 0; row < 4000; row++) {
      float[] values = unique();
      byte label = (byte) (random.nextDouble() < rate ? 1 : 0);
      add(values, label);
      add(values, label);
    }
    Copies copies = found();
    assertThat(copies.agreement()).isEqualTo(1);
    assertThat(copies.coincidence()).isFalse();
    assertThat((double) copies.rows() / copies.of()).isCloseTo(.8, within(.03));
  }

  @Test
  void namesTheTestRowsWhoseFeaturesOccurElsewhere() {
    for (int row = 0; row < 100; row++) {
      byte label = (byte) (row % 2);
      float[] values = {row, NEW};
      add(values, row % 3 == 0 ? Split.TEST : Split.TRAIN, label); // 0, 3, 6, …
      add(values, row % 2 == 0 ? Split.TEST : Split.VALIDATION, label);
    }
    CopyCheck.Result result = check.result();
    // Test rows in order, per row first the 3rds, then the evens: 0a 0b 2b 3a 4b 6a 6b 8b 9a …
    // 0a and 0b agree with each other only; 2b, 3a and 4b have a copy, 6a and 6b do not.
    assertThat(result.testRows()).startsWith(2, 3, 4, 7, 8).doesNotContain(0, 1, 5, 6);
    assertThat(result.copies().of()).isEqualTo(34 + 50);
    assertThat(result.copies().rows())
        .isEqualTo(34 + 50 - 2 * 17)
        .isEqualTo(result.testRows().length);
  }

  /** One of the copies has another label in so many cases. */
  @ParameterizedTest
  @CsvSource({".5, .05", ".3, .05", ".1, .02", ".1, .05", ".05, .02"})
  void findsATableWithEveryRowTwiceWhereLabelsAreNoisy(double rate, double noise) {
    for (int row = 0; row < 20_000; row++) {
      float[] values = unique();
      byte label = (byte) (random.nextDouble() < rate ? 1 : 0);
      add(values, label);
      add(values, (byte) (random.nextDouble() < noise ? 1 - label : label));
    }
    assertThat(found().coincidence()).isFalse();
  }

  @Test
  void countsRowsThatAreThereTwiceWhateverTheirLabels() {
    for (int row = 0; row < 4000; row++) {
      float[] values = unique();
      add(values, .2);
      add(values, .2);
    }
    assertThat((double) found().rows() / found().of()).isCloseTo(.8, within(.03));
    assertThat(found().agreement()).isNegative();
    assertThat(found().coincidence()).isTrue();
    assertThat(found().warning()).isNull();
  }

  /** To nearly balance the table, exactly, and a little more. */
  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11, 15})
  void findsRowsOfTheRarerLabelThatWereRepeated(int times) {
    for (int row = 0; row < 3000; row++) {
      add(unique(), (byte) 0);
    }
    for (int row = 0; row < 300; row++) {
      float[] values = unique();
      for (int copy = 0; copy < times; copy++) {
        add(values, (byte) 1);
      }
    }
    assertThat(found().coincidence()).isFalse();
  }

  @Test
  void findsTheTenthOfTheCustomersThatIsThereTwice() {
    for (int row = 0; row < 20_000; row++) {
      float[] values = unique();
      byte label = (byte) (random.nextDouble() < .2 ? 1 : 0);
      add(values, label);
      if (row % 10 == 0) {
        add(values, (byte) (random.nextDouble() < .02 ? 1 - label : label));
      }
    }
    assertThat(found().coincidence()).isFalse();
  }

  @Test
  void findsDuplicatesInATableInWhichManyRowsCoincide() {
    for (int row = 0; row < 3000; row++) {
      float[] values = row % 2 == 0 ? unique() : new float[] {random.nextInt(400), 7};
      byte label = (byte) (random.nextDouble() < .3 ? 1 : 0);
      add(values, label);
      add(values, label);
    }
    assertThat(found().coincidence()).isFalse();
  }

  /** Regardless of how well the columns predict the label. */
  @ParameterizedTest
  @ValueSource(doubles = {.5, .2, .05, 0})
  void threeBooleansAreACoincidence(double noise) {
    for (int row = 0; row < 5000; row++) {
      float[] values = {random.nextInt(2), random.nextInt(2), random.nextInt(2)};
      add(values, values[0] == 1 ? 1 - noise : noise);
    }
    assertThat(found().coincidence()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {.5, .2, .1, .05})
  void rowsThatCoincideInAThousandPatternsAreACoincidence(double noise) {
    for (int row = 0; row < 5000; row++) {
      float[] values = {random.nextInt(40), random.nextInt(25)};
      add(values, values[0] < 20 ? 1 - noise : noise);
    }
    assertThat(found().coincidence()).isTrue();
  }

  @Test
  void rareLabelsThatAgreeByChanceAreACoincidence() {
    for (int row = 0; row < 20_000; row++) {
      add(new float[] {random.nextInt(60), random.nextInt(60)}, .02);
    }
    assertThat(found().coincidence()).isTrue();
  }

  /** Their features are empty but for two coarse columns, and almost none takes the offer. */
  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void customersWithoutHistoryAreACoincidence(int patterns) {
    for (int row = 0; row < 10_000; row++) {
      boolean inactive = row % 3 == 0;
      add(inactive ? new float[] {NEW, random.nextInt(patterns)} : unique(), inactive ? .001 : .2);
    }
    assertThat(found().coincidence()).isTrue();
  }

  @Test
  void fewCopiesAreNotReported() {
    for (int row = 0; row < 4000; row++) {
      float[] values = unique();
      byte label = (byte) (row % 4 == 0 ? 1 : 0);
      add(values, row % 2 == 0 ? Split.TEST : Split.TRAIN, label);
      if (row % 40 == 0) {
        add(values, Split.TRAIN, label); // of 2,000 test rows, 100
      }
    }
    assertThat(check.result()).isNull();
  }

  @Test
  void aTableWithoutTestRowsHasNoCopies() {
    for (int row = 0; row < 100; row++) {
      add(new float[] {row / 2}, Split.TRAIN, (byte) (row / 2 % 2));
    }
    assertThat(check.result()).isNull();
    assertThat(CopyCheck.ofHashes().result()).isNull();
  }

  @Test
  void warnsWithTheNumbersAndWithAdviceThatIsAllowed() {
    Copies some = new Copies(1234, 2000, 1.0, false, false);
    assertThat(some.warning())
        .startsWith("1,234 of 2,000 test rows (61.7%) are copies: rows outside the test split")
        .endsWith(
            "remove the duplicates, or set split.duplicates to together. Until then, the release is"
                + " decided on the other test rows");
    assertThat(new Copies(1234, 2000, 1.0, false, true).warning())
        .endsWith(
            "remove the duplicates. Until then, the release is decided on the other test rows");
    assertThat(new Copies(2000, 2000, 1.0, false, false).warning())
        .endsWith("Until then, no model is released automatically");
  }
}
