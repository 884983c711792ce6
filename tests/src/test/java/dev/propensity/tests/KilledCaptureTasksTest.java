package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.faults.EveryKill;
import dev.propensity.faults.Victim;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.capture.Retention;
import dev.propensity.monitoring.capture.SegmentBatch;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentReader;
import dev.propensity.monitoring.capture.SegmentWriter;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import dev.propensity.tasks.accept.AcceptTask;
import dev.propensity.tasks.collect.CapturedToys;
import dev.propensity.tasks.collect.CollectTask;
import dev.propensity.tasks.forget.ForgetTask;
import dev.propensity.tasks.prune.PruneTask;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.MonitoringLedger;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tasks that read or change captured rows, and the acceptance of windows, killed at each of
 * their exchanges with S3 and run again: the objects are those of an undisturbed run.
 */
@Tag("faults")
class KilledCaptureTasksTest {
  private static final String DATASET = "--dataset=" + CapturedToys.SPECIFICATION;
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final String KEY =
      Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.US_ASCII));

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path work;

  private World undisturbed;
  private Artifact model;

  @BeforeEach
  void makeModel(TestInfo test) throws IOException {
    undisturbed = new World(S3, Optional.empty(), test.getTestMethod().orElseThrow().getName());
    model = new CapturedToys(undisturbed.store(), work).model(3, Origin.REAL);
  }

  /** A world for each kill, in which the task finds the same. */
  private abstract class Trial implements EveryKill.Trial {
    private final String[] arguments;

    Trial(String... arguments) {
      this.arguments = arguments;
    }

    World world(int kill) {
      return new World(S3, Optional.empty(), undisturbed.name() + kill);
    }

    abstract void prepare(World world) throws IOException;

    @Override
    public Map<String, String> environment(int kill) throws IOException {
      World world = world(kill);
      if (world.keys().isEmpty()) {
        prepare(world);
      }
      Map<String, String> environment = new HashMap<>(world.environment());
      environment.put(IdentifierKey.VARIABLE, KEY);
      return environment;
    }

    @Override
    public String[] arguments(int kill) {
      return arguments;
    }
  }

  private static int kill(Class<?> main, Victim.Command command, Trial trial, Path input)
      throws Exception {
    return EveryKill.run(
        new Victim(main, command, Map.of("AWS_ENDPOINT_URL_S3", S3.endpoint()), input), trial);
  }

  private static int kill(Class<?> main, Victim.Command command, Trial trial) throws Exception {
    return kill(main, command, trial, Path.of("/dev/null"));
  }

  @Test
  void collectCountsTheSameRows() throws Exception {
    String[] arguments = {DATASET, "--window=2026-03-10T12", "--model=" + model.uri()};
    segments(undisturbed);
    Artifact expected = undisturbed.store().require(undisturbed.run(new CollectTask(), arguments));
    Trial trial =
        new Trial(arguments) {
          @Override
          void prepare(World world) throws IOException {
            segments(world);
          }

          @Override
          public void checkKilled(int kill) throws IOException {
            assertThat(world(kill).wholeArtifacts())
                .extracting(Artifact::digest)
                .allMatch(expected.digest()::equals);
          }

          @Override
          public void runAgain(int kill) throws IOException {
            S3Location made = world(kill).run(new CollectTask(), arguments);
            assertThat(world(kill).wholeArtifacts())
                .singleElement()
                .isEqualTo(new Artifact(made, expected.manifest(), expected.digest()));
          }
        };
    Victim.Command command = (environment, own) -> Task.run(new CollectTask(), environment, own);
    assertThat(kill(CollectTask.class, command, trial)).isGreaterThan(10);
  }

  private void segments(World world) throws IOException {
    CapturedToys toys = new CapturedToys(world.store(), work);
    toys.segment("toys", model, "a", NOON, "30", "north", "99", "west");
    toys.segment("toys", model, "b", NOON.plusSeconds(3600), "1", "south");
  }

  @Test
  void acceptBeginsTheReferenceOnce() throws Exception {
    Trial trial =
        new Trial("--name=toys", "--who=Ada", "--why=a campaign") {
          @Override
          void prepare(World world) throws IOException {
            monitored(world, "quiet", "alarm", "notice");
          }

          @Override
          public void checkKilled(int kill) {
            assertThat(accepted(world(kill))).hasSizeLessThan(2);
          }

          @Override
          public void runAgain(int kill) throws IOException {
            S3Location made = world(kill).run(new AcceptTask(), arguments(kill));
            MonitoringLedger ledger = new MonitoringLedger(world(kill).store(), "toys");
            assertThat(accepted(world(kill)))
                .singleElement()
                .satisfies(
                    entry -> {
                      assertThat(ledger.location(entry)).isEqualTo(made);
                      assertThat(entry.window()).isEqualTo("2026-03-11");
                      assertThat(entry.who()).isEqualTo("Ada");
                    });
            assertThat(ledger.all()).hasSize(4);
          }
        };
    Victim.Command command = (environment, own) -> Task.run(new AcceptTask(), environment, own);
    assertThat(kill(AcceptTask.class, command, trial)).isGreaterThan(4);
  }

  private void monitored(World world, String... verdicts) throws IOException {
    new CapturedToys(world.store(), work).release(model, "2026-03-01T00:00:00Z");
    Release champion = new ReleaseLedger(world.store(), "toys").champion().orElseThrow();
    MonitoringLedger ledger = new MonitoringLedger(world.store(), "toys");
    for (int day = 0; day < verdicts.length; day++) {
      String window = "2026-03-1" + day;
      String verdict = verdicts[day];
      S3Location artifact = world.store().root().resolve(window);
      ledger.append(
          all ->
              MonitoringEntry.monitored(
                  all.size() + 1,
                  "toys",
                  window,
                  champion,
                  artifact.resolve("profile"),
                  artifact.resolve("monitoring"),
                  verdict,
                  List.of(),
                  true,
                  "a run"));
    }
  }

  private static List<MonitoringEntry> accepted(World world) {
    return new MonitoringLedger(world.store(), "toys")
        .all().stream().filter(e -> e.action() == MonitoringEntry.Action.ACCEPTED).toList();
  }

  @Test
  void forgetRemovesAllRowsOfTheCustomersAndNoOther() throws Exception {
    String[] arguments = {"--name=toys", "--who=Ada"};
    byte[] identifiers = "ann\neve\n".getBytes(StandardCharsets.UTF_8);
    Path input = Files.write(work.resolve("identifiers"), identifiers);
    Victim.Command command =
        (environment, own) ->
            Task.run(new ForgetTask(new ByteArrayInputStream(identifiers)), environment, own);
    Map<String, List<String>> others =
        Map.of("a", List.of("bob", ""), "b", List.of("bob"), "c", List.of(), "d", List.of("carl"));
    Trial trial =
        new Trial(arguments) {
          @Override
          void prepare(World world) throws IOException {
            customers(world, "a", "ann", "bob", "ann", "");
            customers(world, "b", "bob");
            customers(world, "c", "eve", "ann");
            customers(world, "d", "carl", "eve");
          }

          @Override
          public void checkKilled(int kill) throws IOException {
            boolean isAnyGone = false;
            for (String segment : others.keySet()) {
              List<String> rows = customers(world(kill), segment);
              List<String> kept = new ArrayList<>(rows);
              kept.removeAll(List.of("ann", "eve"));
              assertThat(kept).as("rows of others in %s", segment).isEqualTo(others.get(segment));
              assertThat(rows.size()).isIn(kept.size(), written(segment));
              isAnyGone |= rows.size() < written(segment);
            }
            assertThat(tombstones(world(kill))).hasSizeBetween(isAnyGone ? 1 : 0, 1);
          }

          @Override
          public void runAgain(int kill) throws IOException {
            assertThat(command.run(environment(kill), arguments)).isZero();
            for (String segment : others.keySet()) {
              assertThat(customers(world(kill), segment)).isEqualTo(others.get(segment));
            }
            assertThat(tombstones(world(kill)))
                .singleElement()
                .satisfies(
                    tombstone ->
                        assertThat(tombstone)
                            .contains("\"who\":\"Ada\"", hmac("ann"), hmac("eve"))
                            .doesNotContain("\"ann\"", hmac("bob")));
          }
        };
    assertThat(kill(ForgetTask.class, command, trial, input)).isGreaterThan(8);
  }

  private static int written(String segment) {
    return Map.of("a", 4, "b", 1, "c", 2, "d", 2).get(segment);
  }

  private static SegmentHeader header(String key) {
    return new SegmentHeader(
        SegmentHeader.SCHEMA,
        "toys",
        Digest.of("a model"),
        1,
        "a server",
        NOON.toString(),
        CapturedIdentifier.HMAC,
        key,
        List.of());
  }

  /** Puts a segment with a row of each customer; an empty one has no identifier. */
  private void customers(World world, String segment, String... customers) throws IOException {
    SegmentHeader header = header(IdentifierKey.parse(KEY).id());
    Path file = work.resolve("written.arrow");
    try (SegmentWriter writer = new SegmentWriter(file, header, List.of("town"))) {
      for (int row = 0; row < customers.length; row++) {
        writer.begin(new byte[] {'r'}, row + 1, NOON.toEpochMilli(), 0.5f);
        if (!customers[row].isEmpty()) {
          byte[] hmac = hmac(customers[row]).getBytes(StandardCharsets.US_ASCII);
          writer.identifier(hmac, 0, hmac.length);
        }
        byte[] town = customers[row].getBytes(StandardCharsets.UTF_8);
        writer.cell(0, town, 0, town.length);
        writer.end();
      }
      writer.finish(SegmentCounts.none(NOON).withRows(customers.length));
    }
    world.store().objects().write(world.store().root().resolve(header.key(segment)), file);
  }

  /** The customers of a segment's rows, which must be whole. */
  private List<String> customers(World world, String segment) throws IOException {
    S3Location location = world.store().root().resolve(header(null).key(segment));
    Path file = work.resolve("read.arrow");
    Files.write(file, world.store().objects().read(location).orElseThrow());
    List<String> customers = new ArrayList<>();
    try (SegmentReader reader = new SegmentReader(file, segment)) {
      for (SegmentBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          String customer = batch.text(0, row);
          assertThat(batch.identifier(row)).isEqualTo(customer.isEmpty() ? null : hmac(customer));
          customers.add(customer);
        }
      }
    }
    return customers;
  }

  private static String hmac(String customer) {
    Mac mac = IdentifierKey.parse(KEY).mac();
    byte[] utf8 = customer.getBytes(StandardCharsets.UTF_8);
    return new String(IdentifierKey.hex(mac, utf8, 0, utf8.length), StandardCharsets.US_ASCII);
  }

  private static List<String> tombstones(World world) {
    S3Location folder = world.store().root().resolve("toys/forgotten");
    return world.store().objects().list(folder, Optional.empty()).stream()
        .map(location -> world.store().objects().read(location).orElseThrow())
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void pruneDeletesCapturedRowsAfterTheirDaysAndNoOthers() throws Exception {
    Instant now = Instant.now();
    Map<String, Integer> days = new TreeMap<>(Map.of("a", 91, "b", 92, "c", 400, "young", 89));
    Trial trial =
        new Trial("--yes") {
          @Override
          void prepare(World world) {
            days.forEach(
                (id, age) -> {
                  Instant hour = now.minus(Duration.ofDays(age));
                  String key = SegmentHeader.folder("toys", hour) + "/" + id + ".arrow";
                  world.store().objects().write(world.store().root().resolve(key), new byte[1]);
                });
            world
                .store()
                .objects()
                .write(
                    world.store().root().resolve(Retention.key(SegmentHeader.PREFIX, "toys")),
                    CanonicalJson.bytes(new Retention(90)));
          }

          @Override
          public void checkKilled(int kill) {
            assertThat(world(kill).keys()).anyMatch(key -> key.endsWith("/young.arrow"));
          }

          @Override
          public void runAgain(int kill) throws IOException {
            world(kill).run(new PruneTask(), "--yes");
            assertThat(world(kill).keys())
                .hasSize(2)
                .anyMatch(key -> key.endsWith("/young.arrow"))
                .anyMatch(key -> key.endsWith("/retention/captures.json"));
          }
        };
    Victim.Command command = (environment, own) -> Task.run(new PruneTask(), environment, own);
    assertThat(kill(PruneTask.class, command, trial)).isGreaterThan(5);
  }
}
