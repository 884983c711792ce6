package dev.propensity.tasks.prune;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.propensity.artifacts.RequestCaptures;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.capture.Retention;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.outcome.OutcomeHeader;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.HelpText;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.MonitoringLedger;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PruneTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;
  private ArtifactStore store;
  private TaskRun last;
  private final List<Digest> models = new ArrayList<>();

  @BeforeEach
  void openStore(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    store = new ArtifactStore(S3.objects(), new S3Location("propensity", name));
  }

  @Test
  void removesWhatNoRecentEntryReachesAndNothingElse() throws Exception {
    List<Artifact> first = release(1);
    List<Artifact> second = release(2);
    S3Location upload = store.root().resolve("inbox/" + Digest.of("file") + "/train.csv");
    S3.objects().write(upload, new byte[] {1});
    S3Location halfDone = store.root().resolve("toys/train/" + Digest.of("killed"));
    S3.objects().write(halfDone.resolve("model.ubj"), new byte[] {1});

    prune("--keep", "1", "--older-than", "0").succeeded();
    assertThat(result().get("reason").asText()).startsWith("would delete 4 of 7 artifacts");
    assertThat(first).allMatch(store::isComplete);

    prune("--keep", "1", "--older-than", "0", "--yes").succeeded();
    assertThat(result().get("status").asText()).isEqualTo("done");
    assertThat(first).allMatch(artifact -> store.find(artifact.uri()).isEmpty());
    assertThat(first).allMatch(artifact -> S3.objects().list(artifact.uri(), none()).isEmpty());
    assertThat(second).allMatch(store::isComplete);
    assertThat(S3.objects().list(halfDone, none())).isEmpty();
    assertThat(S3.objects().length(upload)).isPresent();
    assertThat(new ReleaseLedger(store, "toys").entry(1).number()).isEqualTo(1);

    prune("--keep", "1", "--older-than", "0", "--yes").succeeded();
    assertThat(result().get("status").asText()).isEqualTo("unchanged");
  }

  @Test
  void leavesWhatIsYoung() throws Exception {
    List<Artifact> artifacts = release(1);
    release(2);
    prune("--keep", "1", "--yes").succeeded();
    assertThat(result().get("reason").asText())
        .isEqualTo("nothing to delete: " + "0 of 6" + " artifacts, 0 bytes");
    assertThat(artifacts).allMatch(store::isComplete);
  }

  @Test
  void removesNothingWhereItCannotSeeWhatIsNeeded() throws Exception {
    List<Artifact> artifacts = release(1);
    S3Location damaged = artifacts.get(1).uri().resolve(Manifest.NAME);
    S3.objects().write(damaged, new byte[] {'{'});
    assertThat(prune("--older-than", "0", "--yes").rejected()).startsWith(damaged.toString());
    assertThat(store.isComplete(artifacts.get(0))).isTrue();
  }

  @Test
  void keepsTheMonitoredWindowsOfTheChampion() throws Exception {
    List<Artifact> kept = new ArrayList<>();
    List<Artifact> removed = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      Artifact model = release(number).get(1);
      Artifact profile = artifact("collect", number, Map.of("model", model.asInput()));
      Artifact monitoring = artifact("monitor", number, Map.of("profile", profile.asInput()));
      monitored(
          new Release(number, model.uri(), Release.digestOf(model), model.uri()),
          profile,
          monitoring);
      (number == 2 ? kept : removed).addAll(List.of(profile, monitoring));
    }
    prune("--keep", "1", "--older-than", "0", "--yes").succeeded();
    assertThat(kept).allMatch(store::isComplete);
    assertThat(removed).noneMatch(store::isComplete);
  }

  private void monitored(Release model, Artifact profile, Artifact monitoring) {
    new MonitoringLedger(store, "toys")
        .append(
            all ->
                MonitoringEntry.monitored(
                    all.size() + 1,
                    "toys",
                    "2026-01-0" + model.version(),
                    model,
                    profile.uri(),
                    monitoring.uri(),
                    "quiet",
                    List.of(),
                    true,
                    "the test"));
  }

  @Test
  void removesCapturedRowsAfterTheirDays() throws Exception {
    Instant now = Instant.now();
    S3Location old = segment("toys", now.minus(Duration.ofDays(31)));
    S3Location young = segment("toys", now.minus(Duration.ofDays(29)));
    S3Location other = segment("toys-synthetic", now.minus(Duration.ofDays(31)));
    S3Location oldest = segment("toys-synthetic", now.minus(Duration.ofDays(91)));
    S3Location forgotten = store.root().resolve("toys/forgotten/" + "0".repeat(32) + ".json");
    store.objects().write(forgotten, new byte[] {1});
    store
        .objects()
        .write(
            store.root().resolve("toys/retention/captures.json"),
            CanonicalJson.bytes(new Retention(30)));
    prune().succeeded();
    assertThat(result().get("reason").asText())
        .isEqualTo(
            "would delete 0 of 0 artifacts, 0 bytes; 2 files of captured rows; to delete, add"
                + " --yes");
    assertThat(store.objects().length(old)).isPresent();
    prune("--older-than", "0", "--yes").succeeded();
    assertThat(List.of(old, oldest)).allMatch(gone -> store.objects().length(gone).isEmpty());
    S3Location retention = store.root().resolve("toys/retention/captures.json");
    assertThat(List.of(young, other, forgotten, retention))
        .allMatch(kept -> store.objects().length(kept).isPresent());
  }

  @Test
  void keepsPredictionsAsLongAsTheirOutcomes() throws Exception {
    Artifact model = release(1).get(1);
    Artifact prediction = artifact("predict", 1, Map.of("model", model.asInput()));
    S3Location old = batch(Instant.now().minus(Duration.ofDays(41)));
    S3Location young = batch(Instant.now().minus(Duration.ofDays(39)));
    S3Location retention = store.root().resolve("toys/retention/outcomes.json");
    store.objects().write(retention, CanonicalJson.bytes(new Retention(40)));

    prune("--keep", "1", "--older-than", "0", "--yes").succeeded();

    assertThat(result().get("reason").asText()).endsWith("; 1 batches of outcomes");
    assertThat(store.objects().length(old)).isEmpty();
    assertThat(store.objects().length(young)).isPresent();
    assertThat(store.isComplete(prediction)).isTrue();
    store.objects().delete(retention);
    prune("--keep", "1", "--older-than", "0", "--yes").succeeded();
    assertThat(store.isComplete(prediction)).isFalse();
  }

  private S3Location batch(Instant day) {
    S3Location batch = store.root().resolve(OutcomeHeader.folder("toys", day) + "/a.arrow");
    store.objects().write(batch, new byte[] {1});
    return batch;
  }

  @Test
  void deletesStoredRequestsAfterTheirDays() throws Exception {
    S3Location requests = store.root().resolve("requests/endpoint/model");
    new RequestCaptures(store, "toys").register(requests, 30);
    DateTimeFormatter hours = DateTimeFormatter.ofPattern("uuuu/MM/dd/HH").withZone(ZoneOffset.UTC);
    Instant now = Instant.now();
    S3Location old = requests.resolve(hours.format(now.minus(Duration.ofDays(31))) + "/a.jsonl");
    S3Location young = requests.resolve(hours.format(now.minus(Duration.ofDays(29))) + "/a.jsonl");
    List.of(old, young).forEach(file -> store.objects().write(file, new byte[] {1}));
    assertThat(prune().succeeded().reason()).contains("1 files of captured rows");
    prune("--yes").succeeded();
    assertThat(store.objects().length(old)).isEmpty();
    assertThat(store.objects().length(young)).isPresent();
  }

  private S3Location segment(String name, Instant hour) {
    S3Location location = store.root().resolve(SegmentHeader.folder(name, hour) + "/a.arrow");
    store.objects().write(location, new byte[] {1});
    return location;
  }

  @Test
  void doesNotForgetTheChampion() throws Exception {
    assertThat(prune("--keep", "0").rejected()).startsWith("--keep 0: it must be 1 or more");
  }

  @Test
  void helpIsAsItWasReviewed() throws Exception {
    HelpText.assertUnchanged(new PruneTask());
  }

  /** Raw rows, a model of them, its evaluation; released. */
  private List<Artifact> release(int number) throws IOException {
    Artifact raw = artifact("download", number, Map.of());
    Artifact model = artifact("train", number, Map.of("features", raw.asInput()));
    Artifact evaluation = artifact("evaluate", number, Map.of("model", model.asInput()));
    models.add(Release.digestOf(model));
    Release release = new Release(number, model.uri(), Release.digestOf(model), evaluation.uri());
    new ReleaseLedger(store, "toys")
        .append(
            last ->
                new LedgerEntry(
                    LedgerEntry.SCHEMA,
                    number,
                    "toys",
                    LedgerEntry.Action.RELEASED,
                    null,
                    number,
                    release,
                    release,
                    null,
                    null,
                    List.of(),
                    List.copyOf(models),
                    "the test",
                    "2026-01-01T00:00:00Z",
                    "because"));
    return List.of(raw, model, evaluation);
  }

  private Artifact artifact(String task, int number, Map<String, Input> inputs) throws IOException {
    Path files = Files.createDirectory(folder.resolve(task + number));
    Files.writeString(files.resolve("file.txt"), task + number);
    TreeMap<String, JsonNode> parameters = new TreeMap<>();
    parameters.put("number", new IntNode(number));
    return store.commit(
        new Computation(
            "toys", Origin.REAL, task, Digest.of("code"), parameters, new TreeMap<>(inputs)),
        files);
  }

  private TaskRun prune(String... arguments) throws IOException {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_STORE", store.root().toString());
    last = TaskRunner.run(new PruneTask(), environment, arguments);
    return last;
  }

  private JsonNode result() {
    return last.result();
  }

  private static java.util.Optional<S3Location> none() {
    return java.util.Optional.empty();
  }
}
