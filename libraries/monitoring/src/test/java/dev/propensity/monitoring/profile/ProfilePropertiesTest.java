package dev.propensity.monitoring.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.profile.CapturedRows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProfilePropertiesTest {
  private static final String[] AGES = {"", "20", "30", "39.5", "41", "7", "x"};
  private static final String[] TOWNS = {"", "a", "b", "c", "größe"};
  private static final String[] DATES = {"", "1969-05-01", "1970-08-09", "no date"};

  @Property(tries = 100)
  void theProfileOfAllRowsIsTheSumOfThoseOfItsPartsInAnyOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int rows) {
    Random random = new Random(seed);
    List<List<Row>> segments = new ArrayList<>(List.of(List.of()));
    for (int row = 1; row <= rows; row++) {
      if (random.nextInt(5) == 0) {
        segments.add(new ArrayList<>());
      }
      List<Row> last = new ArrayList<>(segments.get(segments.size() - 1));
      last.add(row(random, row));
      segments.set(segments.size() - 1, last);
    }
    ProfileBuilder all = CapturedRows.builder();
    ProfileBuilder reversed = CapturedRows.builder();
    Profile left = CapturedRows.builder().build();
    Profile right = CapturedRows.builder().build();
    for (int i = 0; i < segments.size(); i++) {
      int opposite = segments.size() - 1 - i;
      add(all, segments, i);
      add(reversed, segments, opposite);
      left = left.plus(one(segments, i));
      right = one(segments, opposite).plus(right);
    }
    String expected = CanonicalJson.text(all.build());
    assertThat(CanonicalJson.text(reversed.build())).isEqualTo(expected);
    assertThat(CanonicalJson.text(left)).isEqualTo(expected);
    assertThat(CanonicalJson.text(right)).isEqualTo(expected);
  }

  private static Profile one(List<List<Row>> segments, int segment) {
    ProfileBuilder builder = CapturedRows.builder();
    add(builder, segments, segment);
    return builder.build();
  }

  private static void add(ProfileBuilder builder, List<List<Row>> segments, int segment) {
    boolean excluding = segment % 3 == 1;
    Row[] rows = segments.get(segment).toArray(Row[]::new);
    CapturedRows.add(
        builder,
        "segment " + segment,
        "2026-11-29T13:00:00Z",
        CapturedRows.header(segment % 2 == 0 ? CapturedRows.MODEL : CapturedRows.OTHER),
        excluding ? CapturedRows.COLUMNS.subList(0, 3) : CapturedRows.COLUMNS,
        rows);
  }

  private static Row row(Random random, int number) {
    return new Row(
        "r",
        number,
        "2026-11-29T1" + (2 + random.nextInt(3)) + ":10:00Z",
        random.nextFloat(),
        AGES[random.nextInt(AGES.length)],
        TOWNS[random.nextInt(TOWNS.length)],
        random.nextBoolean() ? "s" : "l",
        DATES[random.nextInt(DATES.length)]);
  }

  @Test
  void theSumOfTwoDaysSpansBoth() {
    Profile day = CapturedRows.builder().build();
    Profile next = ofModel(CapturedRows.MODEL, "2026-11-30");
    assertThat(day.plus(next).window())
        .isEqualTo(next.plus(day).window())
        .hasToString("2026-11-29T00:00:00Z to 2026-12-01T00:00:00Z");
  }

  @Test
  void profilesOfDifferentModelsAreNotAdded() {
    Profile day = CapturedRows.builder().build();
    Profile other = ofModel(CapturedRows.OTHER, "2026-11-29");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> day.plus(other))
        .withMessageStartingWith("profiles of different models cannot be added: toy@");
  }

  private static Profile ofModel(Digest model, String window) {
    return new ProfileBuilder(
            "toy", TimeWindow.parse(window), model, CapturedRows.ENCODER, CapturedRows.BASELINE)
        .build();
  }
}
