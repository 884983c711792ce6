package dev.propensity.tasks.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.propensity.foundation.Digest;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class VerifyTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path folder;

  private ArtifactStore store;
  private Artifact raw;
  private Artifact features;
  private Artifact model;
  private Artifact evaluation;

  @BeforeEach
  void releaseAModel(TestInfo test) throws IOException {
    String name = test.getTestMethod().orElseThrow().getName();
    store = new ArtifactStore(S3.objects(), new S3Location(S3.root().bucket(), name));
    raw = artifact("download", Map.of());
    features = artifact("preprocess", Map.of("raw", raw.asInput()));
    model = artifact("train", Map.of("features", features.asInput()));
    evaluation =
        artifact("evaluate", Map.of("model", model.asInput(), "features", features.asInput()));
    new ReleaseLedger(store, "toys")
        .append(last -> new NextEntry("toys", last, "Ada", "good").released(release()));
  }

  private Release release() {
    return new Release(1, model.uri(), Release.digestOf(model), evaluation.uri());
  }

  @Test
  void readsEveryFileBackToTheRawData() throws IOException {
    JsonNode champion = verify(0, "--name=toys");
    assertThat(champion.get("status").asText()).isEqualTo("unchanged");
    assertThat(champion.get("uri").asText()).isEqualTo(model.uri().toString());
    assertThat(champion.get("reason").asText())
        .isEqualTo("4 artifacts, 8 files, 62 bytes: all match the recorded digests");
    assertThat(verify(0, "--name=toys", "--model-version=1").get("reason"))
        .isEqualTo(champion.get("reason"));
    assertThat(verify(0, "--uri=" + features.uri() + "/").get("reason").asText())
        .startsWith("2 artifacts, 4 files,");
  }

  @Test
  void namesEveryFileThatDiffersOrIsMissingHoweverFarBack() throws IOException {
    S3.objects().write(raw.uri().resolve("file.txt"), "tampered".getBytes(StandardCharsets.UTF_8));
    S3.objects().delete(model.uri().resolve("more/file.txt"));

    assertThat(rejection("--name=toys"))
        .contains(raw.uri() + "/file.txt is damaged")
        .contains(model.uri() + "/more/file.txt")
        .endsWith("2 faults in 4 artifacts, 8 files, 62 bytes");
    assertThat(rejection("--uri=" + raw.uri())).contains("/file.txt is damaged");
  }

  @Test
  void seesAnInputThatIsNoLongerTheOneThatWasRead() throws IOException {
    byte[] other =
        S3.objects()
            .read(raw.uri().resolve("manifest.json"))
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .map(text -> text.replaceAll("\"bytes\":\\d+", "\"bytes\":1"))
            .orElseThrow()
            .getBytes(StandardCharsets.UTF_8);
    S3.objects().write(raw.uri().resolve("manifest.json"), other);
    assertThat(rejection("--uri=" + model.uri()))
        .contains(raw.uri() + "/manifest.json has changed since it was used");

    S3.objects().delete(raw.uri().resolve("manifest.json"));
    assertThat(rejection("--uri=" + model.uri())).contains(raw.uri() + "/manifest.json is missing");
    S3.objects().write(raw.uri().resolve("manifest.json"), new byte[] {'{'});
    assertThat(rejection("--uri=" + model.uri())).contains(raw.uri() + "/manifest.json");
  }

  @Test
  void comparesACopyOfTheChampionWithTheLedger() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    store.fetch(model, copy);
    assertThat(verify(0, "--name=toys", "--folder=" + copy).get("reason").asText())
        .isEqualTo(
            "1 artifact, 2 files, 10 bytes: all match the recorded digests".replace("10", bytes()));

    Files.writeString(copy.resolve("file.txt"), "tampered");
    Files.delete(copy.resolve("more/file.txt"));
    Files.writeString(copy.resolve("more/other.txt"), "");
    assertThat(rejection("--name=toys", "--folder=" + copy))
        .contains("file.txt differs from the recorded digest ")
        .contains("more/file.txt is missing")
        .contains("more/other.txt is not a file of " + model.uri());
    assertThat(rejection("--name=toys", "--folder=" + folder.resolve("none"))).contains("none");
  }

  @Test
  void comparesTheManifestOfACopyThatHasOne() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    store.fetch(model, copy);
    Path manifest = copy.resolve("manifest.json");
    byte[] recorded = S3.objects().read(model.uri().resolve("manifest.json")).orElseThrow();
    Files.write(manifest, recorded);
    assertThat(verify(0, "--name=toys", "--folder=" + copy).get("reason").asText())
        .startsWith("1 artifact, 2 files, ");

    Files.writeString(
        manifest, new String(recorded, StandardCharsets.UTF_8).replace("toys", "dolls"));
    assertThat(rejection("--name=toys", "--folder=" + copy))
        .startsWith(
            manifest + " differs from the recorded digest " + model.digest().abbreviated(12))
        .contains("\n1 fault in ");
  }

  private String bytes() {
    return String.valueOf(
        model.manifest().files().values().stream().mapToLong(entry -> entry.bytes()).sum());
  }

  @Test
  void rejectsWhatIsNotThere() throws IOException {
    assertThat(rejection("--name=dolls")).isEqualTo("no model is registered as dolls");
    assertThat(rejection("--name=toys", "--model-version=2"))
        .isEqualTo("toys has no version 2; it has 1 to 1");
    assertThat(rejection("--uri=" + model.uri().resolve("x")))
        .endsWith("x/manifest.json is missing");
    assertThat(rejection("--uri=" + model.uri(), "--model-version=1"))
        .isEqualTo("--model-version requires --name; it cannot be used with --uri");
  }

  private Artifact artifact(String task, Map<String, Input> inputs) throws IOException {
    Path files = Files.createDirectories(folder.resolve(task).resolve("more"));
    Files.writeString(files.resolve("file.txt"), task);
    Files.writeString(files.resolveSibling("file.txt"), task);
    return store.commit(
        new Computation(
            "toys",
            Origin.REAL,
            task,
            Digest.of("code"),
            new TreeMap<>(Map.of("one", new IntNode(1))),
            new TreeMap<>(inputs)),
        folder.resolve(task));
  }

  private String rejection(String... arguments) throws IOException {
    return verify(2, arguments).get("reason").asText();
  }

  private JsonNode verify(int code, String... more) throws IOException {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_STORE", store.root().toString());
    TaskRun run = TaskRunner.run(new VerifyTask(), environment, more);
    assertThat(run.exit()).as(run.reason()).isEqualTo(code);
    return run.result();
  }
}
