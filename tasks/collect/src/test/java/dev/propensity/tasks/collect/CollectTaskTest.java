package dev.propensity.tasks.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.artifacts.Captures;
import dev.propensity.artifacts.ProfileArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.ProfileBuilder;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.Release;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CollectTaskTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:05Z");
  private static final String DAY = "--window=2026-03-10";

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path folder;

  private ArtifactStore store;
  private CapturedToys toys;
  private Artifact model;
  private Map<String, String> environment;

  @BeforeEach
  void openStore(TestInfo test) throws IOException {
    S3Location root = new S3Location(S3.root().bucket(), test.getTestMethod().get().getName());
    store = new ArtifactStore(S3.objects(), root);
    toys = new CapturedToys(store, folder);
    model = toys.model(3, Origin.REAL);
    environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_STORE", root.toString());
  }

  @Test
  void countsTheRowsOfADayAndALateSegmentMakesAnotherArtifact() throws IOException {
    toys.segment("toys", model, "a", NOON, "30", "north", "99", "west");
    toys.segment("toys", model, "b", NOON.plusSeconds(3600), "1", "south");
    toys.segment("toys", model, "next", NOON.plus(1, ChronoUnit.DAYS), "1", "south");

    TaskRun first = collect(DAY, given(model)).succeeded();
    assertThat(first.status()).isEqualTo("done");
    assertThat(first.result().get("name").asText()).isEqualTo("toys");
    ProfileArtifact artifact = ProfileArtifact.require(store, first.uri());
    Profile profile = artifact.profile();
    assertThat(profile.window()).isEqualTo(TimeWindow.parse("2026-03-10"));
    assertThat(profile.model()).isEqualTo(Release.digestOf(model));
    assertThat(profile.rows()).isEqualTo(3);
    assertThat(profile.scored()).isEqualTo(3);
    assertThat(profile.scoreSum()).isEqualTo(1.5);
    assertThat(profile.columns().get("town").values()).isEqualTo(Map.of("north", 1L, "south", 1L));
    assertThat(profile.columns().get("town").unseen()).isEqualTo(1);
    assertThat(Arrays.stream(profile.columns().get("age").bins()).sum()).isEqualTo(3);
    assertThat(artifact.model()).isEqualTo(model.asInput());
    assertThat(segments(artifact))
        .containsExactly(
            "captures/toys/2026/03/10/12/a.arrow", "captures/toys/2026/03/10/13/b.arrow");

    assertThat(collect(DAY, given(model)).succeeded().status()).isEqualTo("unchanged");
    toys.segment("toys", model, "late", NOON, "50", "south");
    TaskRun later = collect(DAY, given(model)).succeeded();
    assertThat(later.uri()).isNotEqualTo(first.uri());
    assertThat(ProfileArtifact.require(store, later.uri()).profile().rows()).isEqualTo(4);
    assertThat(ProfileArtifact.require(store, first.uri()).profile().rows()).isEqualTo(3);
  }

  @Test
  void anHourAndAWeekCountTheirRows() throws IOException {
    toys.segment("toys", model, "a", NOON, "30", "north", "99", "west");
    toys.segment("toys", model, "b", NOON.plusSeconds(3600), "1", "south");
    toys.segment("toys", model, "c", Instant.parse("2026-03-15T23:59:59Z"), "1", "south", "2", "w");
    assertThat(profile("--window=2026-03-10T12", given(model)).rows()).isEqualTo(2);
    // The second row of the last segment is of Monday, in the next week.
    assertThat(profile("--window=2026-W11", given(model)).rows()).isEqualTo(4);
    assertThat(profile("--window=2026-W12", given(model)).rows()).isEqualTo(1);
  }

  @Test
  void countsTheScoresOfSensitiveColumnsByGroup() throws IOException {
    toys.segment("toys", model, "a", NOON, "30", "north", "99", "west", "1", "north");
    String sensitive =
        CapturedToys.SPECIFICATION.replace("kind: category", "kind: category, sensitive: report");
    TaskRun run =
        TaskRunner.run(new CollectTask(), environment, "--dataset=" + sensitive, DAY, given(model));
    Profile profile = ProfileArtifact.require(store, run.succeeded().uri()).profile();
    // north, south, unseen, missing; the threshold is 1 / 5.
    assertThat(profile.groups()).containsOnlyKeys("town");
    assertThat(profile.groups().get("town").rows()).containsExactly(2, 0, 1, 0);
    assertThat(profile.groups().get("town").scoreSum()).containsExactly(1, 0, 0.5, 0);
    assertThat(profile.groups().get("town").selected()).containsExactly(2, 0, 1, 0);
  }

  @Test
  void noSegmentsAreAProfileOfNoRows() throws IOException {
    Profile profile = profile(DAY, given(model));
    assertThat(profile.rows()).isZero();
    assertThat(profile.traffic().segments()).isZero();
    assertThat(profile.columns()).containsOnlyKeys("age", "town");
  }

  @Test
  void countsByTheChampionAtTheEndOfTheWindow() throws IOException {
    Artifact newer = toys.model(4, Origin.REAL);
    assertThat(collect(DAY).rejected())
        .isEqualTo("no model is registered as toys: train one first");
    toys.release(model, "2026-03-09T08:00:00Z");
    toys.release(newer, "2026-03-10T12:30:00Z");
    toys.segment("toys", model, "a", NOON, "30", "north", "99", "west");
    toys.segment("toys", newer, "b", NOON.plusSeconds(3600), "1", "south");

    assertThat(profile("--window=2026-03-09").model()).isEqualTo(Release.digestOf(model));
    Profile changed = profile(DAY);
    assertThat(changed.model()).isEqualTo(Release.digestOf(newer));
    assertThat(changed.rows()).as("whichever model answered").isEqualTo(3);
    assertThat(changed.scored()).as("by the newer model").isEqualTo(1);
    assertThat(changed.models())
        .isEqualTo(Map.of(Release.digestOf(model).hex(), 2L, Release.digestOf(newer).hex(), 1L));
    assertThat(collect("--window=2026-03-08").rejected())
        .isEqualTo(
            "toys had no champion at the end of the window 2026-03-08: choose a later one, or a"
                + " model with --model");
  }

  @Test
  void countsByThePreviousChampionWhereOneIsRolledBackInTheWindow() throws IOException {
    Artifact newer = toys.model(4, Origin.REAL);
    toys.release(model, "2026-03-09T08:00:00Z");
    toys.release(newer, "2026-03-10T12:30:00Z");
    toys.rollBack("2026-03-10T14:00:00Z");
    toys.segment("toys", model, "a", NOON, "30", "north", "99", "west");
    toys.segment("toys", newer, "b", NOON.plusSeconds(3600), "1", "south");
    toys.segment("toys", model, "c", NOON.plusSeconds(3 * 3600), "2", "south");

    Profile profile = profile(DAY);
    assertThat(profile.model()).isEqualTo(Release.digestOf(model));
    assertThat(profile.rows()).isEqualTo(4);
    assertThat(profile.scored()).isEqualTo(3);
    assertThat(profile.models())
        .isEqualTo(Map.of(Release.digestOf(model).hex(), 3L, Release.digestOf(newer).hex(), 1L));
  }

  @Test
  void namesDamagedSegmentsAndCountsTheOthers() throws IOException {
    S3Location torn = toys.segment("toys", model, "a", NOON, "30", "north", "99", "west");
    byte[] bytes = store.objects().read(torn).orElseThrow();
    store.objects().write(torn, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(collect(DAY, given(model)).rejected())
        .startsWith(
            "none of the window's segments can be read; the first of 1: " + torn + " is not a");
    // A damaged segment of another window is no reason to fail.
    assertThat(profile("--window=2026-03-10T11", given(model)).traffic().damaged()).isEmpty();

    toys.segment("toys", model, "b", NOON, "1", "south");
    TaskRun run = collect(DAY, given(model)).succeeded();
    Profile profile = ProfileArtifact.require(store, run.uri()).profile();
    assertThat(profile.rows()).isEqualTo(1);
    assertThat(profile.traffic().segments()).isEqualTo(1);
    assertThat(profile.traffic().damaged()).containsExactly("captures/toys/2026/03/10/12/a.arrow");

    store.objects().write(torn, bytes);
    TaskRun repaired = collect(DAY, given(model)).succeeded();
    assertThat(repaired.uri()).isNotEqualTo(run.uri());
    assertThat(ProfileArtifact.require(store, repaired.uri()).profile().rows()).isEqualTo(3);
  }

  @Test
  void aRowThatASecondSegmentHasTooCountsOnce() throws IOException {
    toys.segment("toys", model, "a", NOON, "30", "north", "99", "west");
    S3Location copy = toys.segment("toys", model, "a", NOON.plusSeconds(3600), "1", "x");
    byte[] bytes =
        store
            .objects()
            .read(store.root().resolve("captures/toys/2026/03/10/12/a.arrow"))
            .orElseThrow();
    store.objects().write(copy, bytes);
    Profile profile = profile(DAY, given(model));
    assertThat(profile.rows()).isEqualTo(2);
    assertThat(profile.traffic().duplicates()).isEqualTo(2);
    assertThat(profile.traffic().answered()).as("not twice").isEqualTo(2);
    assertThat(profile.traffic().skewed()).isEqualTo(2);
  }

  @Test
  void aSegmentThatIsDeletedMeanwhileIsLeftOut() throws IOException {
    toys.segment("toys", model, "a", NOON, "30", "north", "99", "west");
    S3Location deleted = toys.segment("toys", model, "b", NOON, "1", "south");
    Captures captures = new Captures(store, "toys");
    TimeWindow day = TimeWindow.parse("2026-03-10");
    List<Captures.Segment> listed = captures.around(day);
    store.objects().delete(deleted);
    TrainedModelArtifact trained = TrainedModelArtifact.require(store, model.uri());
    ProfileBuilder builder =
        new ProfileBuilder("toys", day, trained.digest(), trained.encoder(), trained.baseline());
    SortedMap<String, Digest> digests = new TreeMap<>();
    new SegmentCounting(captures, builder, digests).count(listed);
    assertThat(builder.build().rows()).isEqualTo(2);
    assertThat(digests).containsOnlyKeys("captures/toys/2026/03/10/12/a.arrow");
  }

  @Test
  void rejectsAWindowThatIsNotClosed() throws IOException {
    Instant now = Instant.now();
    Instant hour = now.truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
    String text =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH").format(hour.atZone(ZoneOffset.UTC));
    assertThat(collect("--window=" + text, given(model)).rejected())
        .isEqualTo(
            "the window %s ended at %s: it can be collected from %s on, when its last segments are"
                    .formatted(text, hour.plusSeconds(3600), hour.plusSeconds(3 * 3600))
                + " uploaded; for the rows of the current window, use --window=current");
    assertThat(collect("--window=2999-01-01", given(model)).rejected())
        .startsWith("the window 2999-01-01 has not begun: it can be collected from 2999-01-02T02");
    assertThat(collect("--window=today", given(model)).rejected())
        .startsWith("'today' is not a window");
  }

  @Test
  void countsWhatHasPassedOfTheCurrentWindow() throws IOException {
    Instant now = Instant.now();
    toys.release(model, now.minusSeconds(600).toString());
    toys.segment("toys", model, "a", now.minusSeconds(1), "30", "north");
    toys.segment("toys", model, "b", now.plusSeconds(1000), "30", "north");
    Profile profile = profile("--window=current");
    assertThat(profile.window().from())
        .isEqualTo(profile.window().from().truncatedTo(ChronoUnit.DAYS));
    assertThat(profile.window().to()).isBetween(now, now.plusSeconds(600));
    // At midnight, the row of a second before is of the day before.
    assertThat(profile.rows()).isEqualTo(profile.window().contains(now.minusSeconds(1)) ? 1 : 0);
  }

  @Test
  void readsTheCapturesAndTheLedgerOfSyntheticRowsApart() throws IOException {
    Artifact synthetic = toys.model(3, Origin.SYNTHETIC);
    toys.segment("toys-synthetic", synthetic, "a", NOON, "30", "north");
    String name = "--name=toys-synthetic";
    TaskRun run = collect(DAY, name, given(synthetic)).succeeded();
    assertThat(run.result().get("name").asText()).isEqualTo("toys-synthetic");
    assertThat(ProfileArtifact.require(store, run.uri()).profile().rows()).isEqualTo(1);
    assertThat(profile(DAY, given(model)).rows()).isZero();
    assertThat(collect(DAY, "--name=cars", given(model)).rejected())
        .isEqualTo("--name cars is not of the dataset toys");
  }

  @Test
  void requiresABaselineOfAnySchema() throws IOException {
    toys.segment("toys", model, "a", NOON, "30", "north");
    Artifact without = toys.withBaseline(model, "");
    assertThat(collect(DAY, given(without)).rejected())
        .isEqualTo(
            without.uri()
                + " has no baseline.json, with which new rows are compared: train the model again");
    Artifact old =
        toys.withBaseline(
            model,
            """
            {"columns":{"age":{"kind":"number","missing":0,"numbers":{"counts":[3,1],
            "edges":[30]},"unseen":0},"town":{"kind":"category","missing":0,"unseen":0,
            "values":{"north":1,"south":3}}},"label_rate":0.25,"rows":4,"schema":1,
            "scores":{"counts":[1,3],"edges":[0.6]}}
            """);
    Profile profile = profile(DAY, given(old));
    assertThat(profile.columns().get("age").bins()).containsExactly(0, 1);
    assertThat(profile.rows()).isEqualTo(1);
    assertThat(profile.scored()).as("a model of other files").isZero();
  }

  @Test
  void warnsOfAServerWhoseClockIsAhead() throws IOException {
    Instant now = Instant.now();
    toys.segment("toys", model, "a", now, "30", "north"); // closed in a minute
    String current = "--window=current";
    assertThat(logged(current, given(model))).doesNotContain("the clock of a server");
    toys.segment("toys", model, "b", now.plusSeconds(600), "30", "north");
    assertThat(logged(current, given(model)))
        .containsPattern("clock of a server is 6\\d\\d s ahead");
  }

  private String logged(String... arguments) throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (PrintStream captured = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      System.setErr(captured);
      collect(arguments).succeeded();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  private static List<String> segments(ProfileArtifact artifact) throws IOException {
    List<String> keys = new ArrayList<>();
    CanonicalJson.mapper()
        .readTree(artifact.files().read(ProfileArtifact.SEGMENTS))
        .fieldNames()
        .forEachRemaining(keys::add);
    return keys;
  }

  private static String given(Artifact artifact) {
    return "--model=" + artifact.uri();
  }

  private Profile profile(String... arguments) throws IOException {
    return ProfileArtifact.require(store, collect(arguments).succeeded().uri()).profile();
  }

  private TaskRun collect(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--dataset=" + CapturedToys.SPECIFICATION));
    all.addAll(List.of(arguments));
    return TaskRunner.run(new CollectTask(), environment, all);
  }
}
