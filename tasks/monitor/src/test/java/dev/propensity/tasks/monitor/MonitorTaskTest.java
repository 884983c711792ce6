package dev.propensity.tasks.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.artifacts.MonitoringArtifact;
import dev.propensity.foundation.Concurrently;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Verdict;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.collect.CapturedToys;
import dev.propensity.tasks.collect.CollectTask;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MonitorTaskTest {
  private static final String NOBODY_LEARNED = "2026-03-01T00:00:00Z";

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path folder;

  private ArtifactStore store;
  private CapturedToys toys;
  private Artifact model;
  private ToyMonitoring monitoring;

  @BeforeEach
  void openStore(TestInfo test) throws IOException {
    S3Location root = new S3Location(S3.root().bucket(), test.getTestMethod().get().getName());
    store = new ArtifactStore(S3.objects(), root);
    toys = new CapturedToys(store, folder);
    model = toys.model(3, Origin.REAL);
    toys.release(model, NOBODY_LEARNED);
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_STORE", root.toString());
    monitoring = new ToyMonitoring(store, folder, model, CapturedToys.SPECIFICATION, environment);
  }

  @Test
  void comparesWhatCollectCounted() throws IOException {
    List<String> cells = new ArrayList<>();
    for (int row = 0; row < 400; row++) {
      cells.addAll(List.of(String.valueOf(row % 100), row % 3 == 0 ? "north" : "south"));
    }
    Instant noon = Instant.parse("2026-03-10T12:00:05Z");
    toys.segment("toys", model, "a", noon, cells.toArray(String[]::new));
    TaskRun collected =
        TaskRunner.run(
            new CollectTask(),
            monitoring.environment(),
            "--dataset=" + CapturedToys.SPECIFICATION,
            "--window=2026-03-10");

    TaskRun run = monitoring.monitor(collected.succeeded().uri()).succeeded();

    assertThat(run.status()).isEqualTo("done");
    assertThat(run.reason()).as("all scores are 0.5").isEqualTo("alarm (score)");
    assertThat(run.result().get("verdict").asText()).isEqualTo("alarm");
    assertThat(run.result().get("window").asText()).isEqualTo("2026-03-10");
    assertThat(run.result().get("name").asText()).isEqualTo("toys");
    Monitoring found = MonitoringArtifact.require(store, run.uri()).monitoring();
    assertThat(found.columns()).extracting(Monitoring.Column::name).contains("age", "town");
    assertThat(found.columns()).allSatisfy(column -> assertThat(column.effect()).isZero());
    MonitoringEntry entry = only();
    assertThat(entry.window()).isEqualTo("2026-03-10");
    assertThat(entry.monitoring()).isEqualTo(run.uri());
    assertThat(entry.profile()).isEqualTo(collected.uri());
    assertThat(entry.version()).isEqualTo(1);
    assertThat(entry.who()).isEqualTo("Ada");
    assertThat(run.result().get("entry").asText())
        .isEqualTo(monitoring.ledger().location(entry).toString());
  }

  @Test
  void noRowsAndTooFewRowsAreResults() throws IOException {
    Monitoring none = monitoring.result(ToyDay.quiet("2026-03-02").ofRows(0));
    assertThat(none.verdict()).isEqualTo(Verdict.NO_ROWS);
    Monitoring few = monitoring.result(ToyDay.quiet("2026-03-03").ofRows(99));
    assertThat(few.verdict()).isEqualTo(Verdict.TOO_FEW_ROWS);
    Monitoring enough = monitoring.result(ToyDay.quiet("2026-03-04").ofRows(100));
    assertThat(enough.verdict()).isEqualTo(Verdict.LEARNING);
    assertThat(enough.state().windows()).as("of the reference").isZero();
    assertThat(verdicts()).containsExactly("no rows", "too few rows", "learning");
  }

  @Test
  void learnsAlarmsAndRecovers() throws IOException {
    monitoring.recordQuiet(0, 26);
    assertThat(verdict(26, 0)).isEqualTo("learning");
    assertThat(verdict(27, 0)).isEqualTo("learning");
    assertThat(verdict(28, 0)).as("the reference is complete").isEqualTo("quiet");
    List<String> changed = new ArrayList<>();
    for (int day = 29; day < 35; day++) {
      changed.add(verdict(day, 0.15));
    }
    assertThat(changed).endsWith("alarm (age)", "alarm (age)");
    List<String> after = new ArrayList<>();
    for (int day = 35; day < 41; day++) {
      after.add(verdict(day, 0));
    }
    assertThat(after).endsWith("quiet", "quiet").doesNotContain("learning");
    assertThat(monitoring.ledger().all()).hasSize(41);
  }

  @Test
  void aBrokenColumnAlarmsInTheFirstWindow() throws IOException {
    TaskRun run = monitoring.monitor(ToyDay.quiet("2026-03-02").unseenBy(1)).succeeded();
    assertThat(run.reason()).isEqualTo("alarm (town)");
    assertThat(run.result().get("columns").toString()).isEqualTo("[\"town\"]");
    assertThat(only().columns()).containsExactly("town");
    assertThat(only().referable()).isFalse();
  }

  @Test
  void theSameWindowAgainIsUnchangedAndALateSegmentReopensNothing() throws IOException {
    ToyDay day = ToyDay.quiet("2026-03-02");
    TaskRun first = monitoring.monitor(day).succeeded();
    TaskRun again = monitoring.monitor(day).succeeded();
    assertThat(again.status()).isEqualTo("unchanged");
    assertThat(again.uri()).isEqualTo(first.uri());
    assertThat(again.result().get("entry")).isEqualTo(first.result().get("entry"));

    TaskRun late = monitoring.monitor(day.unseenBy(1).withLateSegment()).succeeded();
    assertThat(late.uri()).isNotEqualTo(first.uri());
    assertThat(late.result().get("verdict").asText()).isEqualTo("alarm");
    assertThat(late.result().get("recorded_verdict").asText()).isEqualTo("learning");
    assertThat(late.result().get("entry")).isEqualTo(first.result().get("entry"));
    assertThat(only().monitoring()).isEqualTo(first.uri());
  }

  @Test
  void theCurrentWindowIsNotRecorded() throws IOException {
    monitoring.recordQuiet(0, 3);
    TimeWindow day = TimeWindow.parse(ToyMonitoring.day(3));
    TimeWindow morning = day.until(Instant.parse("2026-03-05T11:30:00Z"));
    TaskRun run = monitoring.monitor(ToyDay.quiet(day.toString()).until(morning)).succeeded();
    assertThat(run.result().get("provisional").asText()).isEqualTo("true");
    assertThat(run.result().has("entry")).isFalse();
    Monitoring found = MonitoringArtifact.require(store, run.uri()).monitoring();
    assertThat(found.window()).isEqualTo("2026-03-05T00:00:00Z to 2026-03-05T11:30:00Z");
    assertThat(found.state().windows()).isEqualTo(3);
    assertThat(monitoring.ledger().all()).hasSize(3);
  }

  @Test
  void anotherLengthOfWindowsIsAnotherSeries() throws IOException {
    monitoring.recordQuiet(0, 3);
    ToyMonitoring hourly = monitoring.withSpecification("monitor: {window: hour}\n");
    assertThat(hourly.result(ToyDay.quiet("2026-03-09T05")).state().windows()).isZero();
    assertThat(hourly.result(ToyDay.quiet("2026-03-09T06")).state().windows()).isEqualTo(1);
    assertThat(monitoring.result(ToyDay.quiet("2026-03-10")).state().windows()).isEqualTo(3);
  }

  @Test
  void aReleasedModelBeginsItsOwnSeries() throws IOException {
    monitoring.recordQuiet(0, 3);
    Artifact newer = toys.model(4, Origin.REAL);
    ToyMonitoring after = monitoring.withModel(newer);
    assertThat(after.monitor(ToyDay.quiet(ToyMonitoring.day(3))).rejected())
        .startsWith("the model of s3://")
        .endsWith(
            " was never the champion of toys: only the windows of champions are monitored;"
                + " collect the window without --model");
    assertThat(monitoring.ledger().all()).hasSize(3);

    toys.release(newer, "2026-03-05T00:00:00Z");
    assertThat(after.result(ToyDay.quiet(ToyMonitoring.day(3))).state().windows()).isZero();
    assertThat(after.result(ToyDay.quiet(ToyMonitoring.day(4))).state().windows()).isEqualTo(1);
    List<MonitoringEntry> all = monitoring.ledger().all();
    assertThat(all).extracting(MonitoringEntry::version).containsExactly(1, 1, 1, 2, 2);
    Monitoring older = monitoring.result(ToyDay.quiet(ToyMonitoring.day(5)));
    assertThat(older.state().windows()).as("of the older model").isEqualTo(3);
  }

  @Test
  void acceptedWindowsAreTheReference() throws IOException {
    monitoring.recordQuiet(0, 28);
    for (int day = 28; day < 32; day++) {
      verdict(day, 0.5);
    }
    assertThat(verdicts()).endsWith("alarm");
    monitoring
        .ledger()
        .append(
            all ->
                MonitoringEntry.accepted(
                    all.size() + 1,
                    "toys",
                    ToyMonitoring.day(28),
                    new ReleaseLedger(store, "toys").champion().orElseThrow(),
                    "Ada",
                    "a campaign"));

    ToyDay same = ToyDay.quiet(ToyMonitoring.day(32)).olderBy(0.5);
    Monitoring accepted = monitoring.result(same);
    assertThat(accepted.verdict()).isEqualTo(Verdict.LEARNING);
    assertThat(accepted.state().windows()).isEqualTo(4);
    assertThat(column(accepted, "age").effect()).as("as those accepted").isLessThan(0.02);
    assertThat(column(accepted, "age").trainingEffect()).isGreaterThan(0.25);
  }

  @Test
  void runsAtOnceRecordEachWindowOnce() throws IOException {
    List<ToyDay> days = List.of(ToyDay.quiet("2026-03-02"), ToyDay.quiet("2026-03-03"));
    List<ToyDay> runs = new ArrayList<>(days);
    runs.addAll(days);
    runs.addAll(days);
    for (ToyDay day : days) {
      monitoring.commit(day);
    }
    List<String> verdicts =
        Concurrently.map(
            runs,
            day -> {
              try {
                return monitoring.monitor(day).succeeded().reason();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(verdicts).hasSize(6).allSatisfy(verdict -> assertThat(verdict).contains("learning"));
    assertThat(monitoring.ledger().all())
        .extracting(MonitoringEntry::window)
        .containsExactlyInAnyOrder("2026-03-02", "2026-03-03");
  }

  @Test
  void recordsTheVerdictThatAKilledRunDidNot() throws IOException {
    ToyDay day = ToyDay.quiet("2026-03-02");
    TaskRun first = monitoring.monitor(day).succeeded();
    store.objects().delete(monitoring.ledger().location(only()));
    assertThat(monitoring.ledger().all()).isEmpty();

    TaskRun again = monitoring.monitor(day).succeeded();
    assertThat(again.status()).isEqualTo("unchanged");
    assertThat(again.uri()).isEqualTo(first.uri());
    assertThat(only().monitoring()).isEqualTo(first.uri());
  }

  @Test
  void windowsOfAnyOrderAreComparedWithThoseBeforeThem() throws IOException {
    assertThat(monitoring.result(ToyDay.quiet("2026-03-05")).state().windows()).isZero();
    assertThat(monitoring.result(ToyDay.quiet("2026-03-03")).state().windows()).isZero();
    assertThat(monitoring.result(ToyDay.quiet("2026-03-06")).state().windows()).isEqualTo(2);
    TaskRun again = monitoring.monitor(ToyDay.quiet("2026-03-05")).succeeded();
    assertThat(again.status()).as("one more window before it").isEqualTo("done");
    assertThat(monitoring.ledger().all())
        .extracting(MonitoringEntry::window)
        .containsExactly("2026-03-05", "2026-03-03", "2026-03-06");
  }

  @Test
  void readsALimitedNumberOfWindows() throws IOException {
    monitoring.recordQuiet(0, 28 + 65);
    TaskRun run = monitoring.monitor(ToyDay.quiet(ToyMonitoring.day(93))).succeeded();
    assertThat(run.reason()).isEqualTo("quiet");
    List<String> inputs = new ArrayList<>(store.require(run.uri()).manifest().inputs().keySet());
    assertThat(inputs).hasSize(28 + 60 + 2).contains("model", "profile", "history.087");
  }

  private String verdict(int day, double older) throws IOException {
    return monitoring
        .monitor(ToyDay.quiet(ToyMonitoring.day(day)).olderBy(older))
        .succeeded()
        .reason();
  }

  private List<String> verdicts() {
    return monitoring.ledger().all().stream().map(MonitoringEntry::verdict).toList();
  }

  private MonitoringEntry only() {
    List<MonitoringEntry> all = monitoring.ledger().all();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static Monitoring.Column column(Monitoring found, String name) {
    return found.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
