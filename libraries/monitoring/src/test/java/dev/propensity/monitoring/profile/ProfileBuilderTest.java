package dev.propensity.monitoring.profile;

import static dev.propensity.monitoring.profile.CapturedRows.COLUMNS;
import static dev.propensity.monitoring.profile.CapturedRows.MODEL;
import static dev.propensity.monitoring.profile.CapturedRows.OTHER;
import static dev.propensity.monitoring.profile.CapturedRows.add;
import static dev.propensity.monitoring.profile.CapturedRows.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentReader;
import dev.propensity.monitoring.profile.CapturedRows.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileBuilderTest {
  private static final String HOUR = "2026-11-29T13:00:00Z";
  private static final String TIME = "2026-11-29T13:00:10Z";

  private final ProfileBuilder builder = CapturedRows.builder();

  @Test
  void countsEachColumnInTheBinsOfTheBaseline() {
    add(
        builder,
        "1",
        new Row("r", 1, TIME, 0.1f, "29.5", "a", "s", "1970-02-01"),
        new Row("r", 2, TIME, 0.25f, "30", "c", "l", "1969-12-31"),
        new Row("r", 3, TIME, 0.9f, "", "", "l", ""),
        new Row("r", 4, TIME, 0.9f, "17", "b", "m", "1970-07-01"));
    Profile profile = builder.build();
    // The edges of age are 30 and 40; 17 is below the encoder's minimum, m is no size.
    assertThat(column(profile, "age").bins()).containsExactly(1, 1, 0);
    assertThat(column(profile, "age").missing()).isEqualTo(1);
    assertThat(column(profile, "age").invalid()).isEqualTo(1);
    assertThat(column(profile, "town").values()).isEqualTo(Map.of("a", 1L, "b", 1L));
    assertThat(column(profile, "town").unseen()).isEqualTo(1);
    assertThat(column(profile, "town").missing()).isEqualTo(1);
    assertThat(column(profile, "size").values()).isEqualTo(Map.of("s", 1L, "l", 2L));
    assertThat(column(profile, "size").invalid()).isEqualTo(1);
    // Days from 1970-01-01 on: 31, -1, none, 181. Months: 2, 12, none, 7, with the edge 7.
    assertThat(column(profile, "born").bins()).containsExactly(1, 2);
    assertThat(column(profile, "born_month").bins()).containsExactly(1, 2);
    assertThat(column(profile, "born_month").missing()).isEqualTo(1);
    // The edges are 0.25 and 0.5.
    assertThat(profile.scores().bins()).containsExactly(1, 1, 2);
    assertThat(profile.scoreSum()).isEqualTo(2.15);
    assertThat(profile.rows()).isEqualTo(4);
    assertThat(profile.excluded()).isEmpty();
  }

  @Test
  void aColumnOfManyDifferentNumbersIsCountedAsOneOfFew() {
    Row[] rows = new Row[20_000];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new Row("r", i + 1, TIME, 0.1f, "18." + (10_000 + i), "größe " + i, "s", "");
    }
    add(builder, "1", rows);
    assertThat(column(builder.build(), "age").bins()).containsExactly(20_000, 0, 0);
    assertThat(column(builder.build(), "town").unseen()).isEqualTo(20_000);
  }

  @Test
  void noSegmentsAreAProfileOfNoRows() {
    Profile profile = builder.build();
    assertThat(profile.rows()).isZero();
    assertThat(profile.columns()).hasSize(5).allSatisfy((f, c) -> assertThat(c.rows()).isZero());
    assertThat(profile.meanScore()).isNaN();
    assertThat(Profile.parse(CanonicalJson.bytes(profile), "profile.json").traffic())
        .isEqualTo(Traffic.NONE);
  }

  @Test
  void rowsOfAnotherModelCountButNotTheirScores() {
    add(builder, "1", new Row("r", 1, TIME, 0.1f, "20", "a", "s", ""));
    add(builder, "2", HOUR, header(OTHER), COLUMNS, new Row("q", 1, TIME, 1, "50", "a", "s", ""));
    Profile profile = builder.build();
    assertThat(profile.models()).isEqualTo(Map.of(MODEL.hex(), 1L, OTHER.hex(), 1L));
    assertThat(profile.rows()).isEqualTo(2);
    assertThat(profile.scored()).isEqualTo(1);
    assertThat(profile.scores().bins()).containsExactly(1, 0, 0);
    assertThat(column(profile, "age").bins()).containsExactly(1, 0, 1);
  }

  @Test
  void scoresOfTheModelAreCountedByGroup() {
    add(
        builder,
        "1",
        new Row("r", 1, TIME, 0.1f, "29.5", "a", "s", ""),
        new Row("r", 2, TIME, 0.5f, "30", "a", "l", ""),
        new Row("r", 3, TIME, 0.9f, "", "c", "l", ""),
        new Row("r", 4, TIME, 0.25f, "17", "", "s", ""));
    add(builder, "2", HOUR, header(OTHER), COLUMNS, new Row("q", 1, TIME, 1, "50", "a", "s", ""));
    Profile profile = builder.build();
    // a, b, unseen, missing; of age below 30, below 40, above, unseen, missing, where 17 is
    // invalid.
    GroupScores town = profile.groups().get("town");
    assertThat(town.rows()).containsExactly(2, 0, 1, 1);
    assertThat(town.scoreSum()).containsExactly(0.6, 0, 0.9, 0.25);
    assertThat(town.selected()).containsExactly(1, 0, 1, 0);
    assertThat(town.meanScore(0)).isEqualTo(0.3);
    assertThat(town.selectionRate(0)).isEqualTo(0.5);
    assertThat(profile.groups().get("age").rows()).containsExactly(1, 1, 0, 0, 1);
    Profile twice = profile.plus(profile);
    assertThat(twice.groups().get("town").scoreSum()).containsExactly(1.2, 0, 1.8, 0.5);
    assertThat(CanonicalJson.text(Profile.parse(CanonicalJson.bytes(twice), "profile.json")))
        .isEqualTo(CanonicalJson.text(twice));
  }

  @Test
  void aProfileWithoutGroupsIsAsBefore() {
    Profile profile =
        new ProfileBuilder(
                "toy", CapturedRows.DAY, MODEL, CapturedRows.ENCODER, CapturedRows.BASELINE)
            .build();
    assertThat(CanonicalJson.text(profile)).doesNotContain("groups");
    assertThat(Profile.parse(CanonicalJson.bytes(profile), "profile.json").groups()).isEmpty();
  }

  @Test
  void aColumnThatNoSegmentHasIsListedNotZero() {
    List<String> without = List.of("age", "town", "size");
    add(builder, "1", HOUR, header(MODEL), without, new Row("r", 1, TIME, 0, "20", "a", "s"));
    assertThat(builder.build().excluded()).containsExactly("born", "born_month");
    assertThat(builder.build().columns()).containsOnlyKeys("age", "size", "town");
    assertThat(builder.build().groups()).containsOnlyKeys("age", "town");
    add(builder, "2", new Row("q", 1, TIME, 0, "20", "a", "s", ""));
    assertThat(builder.build().excluded()).containsExactly("born", "born_month");
    assertThat(column(builder.build(), "born").rows()).as("of the second segment").isEqualTo(1);
    assertThat(column(builder.build(), "age").rows()).isEqualTo(2);
  }

  @Test
  void aColumnOfAnotherModelsEncoderIsLeftOut() {
    List<String> more = List.of("age", "height", "town", "size", "born");
    add(builder, "1", HOUR, header(OTHER), more, new Row("r", 1, TIME, 0, "20", "x", "a", "s", ""));
    assertThat(builder.build().columns())
        .containsOnlyKeys("age", "born", "born_month", "size", "town");
    assertThat(column(builder.build(), "town").values()).containsEntry("a", 1L);
  }

  @Test
  void aRowCountsOnceHoweverOftenItIsDelivered() {
    Row first = new Row("r", 1, TIME, 0.1f, "20", "a", "s", "");
    Row second = new Row("r", 2, TIME, 0.1f, "20", "a", "s", "");
    add(builder, "1", first, second);
    add(builder, "1", first, second);
    add(builder, "2", second, new Row("q", 2, TIME, 0.1f, "20", "a", "s", ""));
    Profile profile = builder.build();
    assertThat(profile.rows()).isEqualTo(3);
    assertThat(profile.traffic().duplicates()).isEqualTo(3);
    // The counts of a copy are those of the first: 2 + 7 and, of the other segment, again.
    assertThat(profile.traffic().answered()).isEqualTo(2 * (2 + 7));
    assertThat(profile.traffic().segments()).isEqualTo(2);
  }

  @Test
  void aRequestThatIsSentAgainCountsOnce() {
    add(builder, "1", new Row("r", 1, TIME, 0.1f, "20", "a", "s", ""));
    add(builder, "2", new Row("r", 1, "2026-11-29T13:00:12Z", 0.1f, "20", "a", "s", ""));
    assertThat(builder.build().rows()).isEqualTo(1);
    assertThat(builder.build().traffic().duplicates()).isEqualTo(1);
  }

  @Test
  void requestsWithTheIdOfAnotherOneCount() {
    add(builder, "1", new Row("r", 1, TIME, 0.1f, "20", "a", "s", ""));
    add(builder, "2", new Row("r", 1, TIME, 0.2f, "60", "b", "s", ""));
    assertThat(builder.build().rows()).as("by the score").isEqualTo(2);

    SegmentHeader identified =
        new SegmentHeader(1, "toy", MODEL, 1, "s", HOUR, CapturedIdentifier.PLAIN, null, List.of());
    Row[] customers = {
      new Row("q", 1, TIME, 0.1f, "20", "a", "s", "", "ann"),
      new Row("q", 1, TIME, 0.1f, "20", "a", "s", "", "bob"),
      new Row("q", 1, TIME, 0.1f, "20", "a", "s", "", ""),
      new Row("q", 1, TIME, 0.1f, "20", "a", "s", "", "ann"),
    };
    add(builder, "3", HOUR, identified, COLUMNS, customers);
    assertThat(builder.build().rows()).as("by the identifier").isEqualTo(2 + 3);
    assertThat(builder.build().traffic().duplicates()).isEqualTo(1);
  }

  @Test
  void rowsCountByTheirOwnTimeAndCountsByTheSegmentsHour() {
    Row before = new Row("r", 1, "2026-11-28T23:59:59.999Z", 0, "20", "a", "s", "");
    Row within = new Row("r", 2, "2026-11-29T00:00:00Z", 0, "20", "a", "s", "");
    Row last = new Row("r", 3, "2026-11-29T23:59:59.999Z", 0, "20", "a", "s", "");
    Row after = new Row("r", 4, "2026-11-30T00:00:00Z", 0, "20", "a", "s", "");
    add(builder, "1", "2026-11-28T23:00:00Z", header(MODEL), COLUMNS, before, within);
    assertThat(builder.build().rows()).isEqualTo(1);
    assertThat(builder.build().traffic().answered()).isZero();
    assertThat(builder.build().traffic().skewed()).as("of the other day's profile").isZero();
    add(builder, "2", "2026-11-29T23:00:00Z", header(MODEL), COLUMNS, last, after);
    assertThat(builder.build().rows()).isEqualTo(2);
    assertThat(builder.build().traffic().answered()).isEqualTo(9);
    assertThat(builder.build().traffic().skewed()).isEqualTo(1);
  }

  @Test
  void aSegmentWithNothingOfTheWindowIsNotOfIt() {
    Row next = new Row("r", 4, "2026-11-30T00:00:00Z", 0, "20", "a", "s");
    List<String> without = List.of("age", "town", "size");
    assertThat(add(builder, "1", "2026-11-30T00:00:00Z", header(MODEL), without, next)).isFalse();
    assertThat(CanonicalJson.text(builder.build()))
        .isEqualTo(CanonicalJson.text(CapturedRows.builder().build()));
  }

  @Test
  void addsWhatTheServersCounted(@TempDir Path folder) {
    SegmentCounts.Gap gap = new SegmentCounts.Gap("2026-11-29T12:00:00Z", "2026-11-29T13:00:00Z");
    SegmentCounts counts =
        new SegmentCounts(
            0,
            10,
            3,
            7,
            2,
            new TreeMap<>(Map.of("age", new TreeMap<>(Map.of("X", 2L)))),
            gap,
            HOUR);
    add(builder, "1", new Row("r", 1, TIME, 0, "20", "a", "s", ""));
    Path file = folder.resolve("2.arrow");
    CapturedRows.write(file, header(OTHER), COLUMNS, counts, List.of());
    try (SegmentReader segment = new SegmentReader(file, "2")) {
      assertThat(builder.add("2", Instant.parse(HOUR), segment)).isTrue();
    }
    Traffic traffic = builder.build().traffic();
    assertThat(traffic.answered()).isEqualTo(8 + 10);
    assertThat(traffic.sampledOut()).isEqualTo(5 + 3);
    assertThat(traffic.dropped()).isEqualTo(2 + 7);
    assertThat(traffic.rejectedRows()).isEqualTo(1 + 2);
    assertThat(traffic.rejected()).containsOnlyKeys("age");
    assertThat(traffic.rejected().get("age")).isEqualTo(Map.of("NOT_A_NUMBER", 1L, "X", 2L));
    assertThat(traffic.gaps()).containsExactly(gap);
    assertThat(traffic.servers()).containsExactly("server 1");
  }

  @Test
  void aServerThatIsKilledBeforeMidnightHasAGapInBothDays(@TempDir Path folder) {
    String[] times = {"2026-11-29T23:59:30Z", "2026-11-30T00:00:10Z", "2026-11-30T00:00:40Z"};
    SegmentCounts.Gap over = new SegmentCounts.Gap(times[0], times[1]);
    SegmentCounts.Gap after = new SegmentCounts.Gap(times[1], times[2]);
    for (SegmentCounts.Gap gap : List.of(over, after)) {
      SegmentCounts counts =
          new SegmentCounts(0, 10, 0, 10, 2, new TreeMap<>(), gap, "2026-11-30T00:01:00Z");
      Path file = folder.resolve("gap.arrow");
      CapturedRows.write(file, header(MODEL), COLUMNS, counts, List.of());
      try (SegmentReader segment = new SegmentReader(file, "gap")) {
        Instant midnight = Instant.parse("2026-11-30T00:00:00Z");
        assertThat(builder.add(gap.from(), midnight, segment)).isEqualTo(gap == over);
      }
    }
    Traffic traffic = builder.build().traffic();
    assertThat(traffic.gaps()).containsExactly(over);
    assertThat(traffic.answered()).as("of the next day").isZero();
    assertThat(traffic.segments()).isZero();
  }

  @Test
  void countsTheProcessesOfARestartedServer() {
    add(builder, "1", new Row("r", 1, TIME, 0, "20", "a", "s", ""));
    SegmentHeader first = header(MODEL);
    SegmentHeader next =
        new SegmentHeader(
            1, "toy", MODEL, 1, "server 2", first.opened(), first.identifier(), null, List.of());
    add(builder, "2", HOUR, next, COLUMNS, new Row("q", 1, TIME, 0, "20", "a", "s", ""));
    assertThat(builder.build().traffic().servers()).containsExactly("server 1", "server 2");
    assertThat(builder.build().rows()).isEqualTo(2);
    assertThat(builder.build().traffic().gaps()).isEmpty();
  }

  @Test
  void aSegmentOfAnotherDatasetIsRejectedWhole() {
    SegmentHeader other = header(MODEL);
    SegmentHeader foreign =
        new SegmentHeader(
            1, "cars", MODEL, 1, "s", other.opened(), other.identifier(), null, List.of());
    Row row = new Row("r", 1, TIME, 0, "20", "a", "s", "");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> add(builder, "1", HOUR, foreign, COLUMNS, row))
        .withMessage("it has rows of cars, not of toy");
    assertThat(builder.build().traffic()).isEqualTo(Traffic.NONE);
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    add(builder, "1", new Row("r", 1, TIME, 0.1f, "20", "a", "s", "1970-01-01"));
    builder.addDamaged("captures/toy/2026/11/29/13/x.arrow", Instant.parse(HOUR));
    byte[] json = CanonicalJson.bytes(builder.build());
    Profile read = Profile.parse(json, "profile.json");
    assertThat(CanonicalJson.bytes(read)).isEqualTo(json);
    assertThat(CanonicalJson.mapper().readTree(json).fieldNames())
        .toIterable()
        .contains("window", "rows", "scored", "answered", "sampled_out", "gaps", "damaged")
        .doesNotContain("traffic");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> Profile.parse("{\"schema\":2}".getBytes(), "profile.json"))
        .withMessage("profile.json has schema 2; this version reads 1 only");
  }

  private static ColumnProfile column(Profile profile, String feature) {
    return profile.columns().get(feature);
  }
}
