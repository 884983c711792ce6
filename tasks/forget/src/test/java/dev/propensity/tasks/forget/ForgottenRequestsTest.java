package dev.propensity.tasks.forget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.artifacts.AnsweringModels;
import dev.propensity.artifacts.ProfileArtifact;
import dev.propensity.artifacts.RequestCaptures;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.collect.CapturedToys;
import dev.propensity.tasks.collect.CollectTask;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rows in the requests that an endpoint on SageMaker stored. */
class ForgottenRequestsTest {
  private static final String EVENT =
      """
      {"captureData":{"endpointInput":{"observedContentType":"%s","mode":"INPUT","data":"%s",\
      "encoding":"%s"},"endpointOutput":{"observedContentType":"%s","mode":"OUTPUT","data":"%s",\
      "encoding":"%s"}},"eventMetadata":{"eventId":"%s","inferenceTime":"2026-03-10T12:00:0%sZ"},\
      "eventVersion":"0"}
      """;

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path folder;

  private ArtifactStore store;
  private Map<String, String> environment;
  private S3Location file;
  private String title;

  @BeforeEach
  void openStore(TestInfo test) throws IOException {
    S3Location root = new S3Location(S3.root().bucket(), test.getTestMethod().get().getName());
    store = new ArtifactStore(S3.objects(), root);
    environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_STORE", root.toString());
    CapturedToys toys = new CapturedToys(store, folder);
    Artifact model = toys.model(3, Origin.REAL);
    toys.release(model, "2026-03-09T08:00:00Z");
    title = "toys@" + TrainedModelArtifact.require(store, model.uri()).digest().abbreviated(12);
    S3Location requests = root.resolve("requests/endpoint/model");
    new RequestCaptures(store, "toys").register(requests, 90);
    file = requests.resolve("2026/03/10/12/00-00-000-a.jsonl");
  }

  @Test
  void removesTheRowsAndKeepsTheOthersOfTheirRequests() throws IOException {
    String others = json("c", "[{'id':'cleo','age':1,'town':'south'}]", ".5");
    String both =
        json(
            "a", "[{'id':'ann','age':30,'town':'north'},{'id':'bob','town':'west'}]", ".25", ".75");
    String rows = base64("id,age,town\nann,2,south\ndora,3,south\n");
    String scores = base64("id,score,label\nann,0.125,0\ndora,0.25,0\n");
    String csv =
        EVENT.formatted("text/csv", rows, "BASE64", "text/csv", scores, "BASE64", "b", "3");
    store.objects().write(file, (others + both + csv).getBytes(StandardCharsets.UTF_8));
    Profile before = profile();
    assertThat(before.rows()).isEqualTo(5);
    assertThat(before.scoreSum()).isEqualTo(1.875);

    TaskRun done = forget("ann\n").succeeded();

    assertThat(done.reason()).startsWith("2 rows of 1 identifiers were removed from 1 of 1 files");
    String left = new String(store.objects().read(file).orElseThrow(), StandardCharsets.UTF_8);
    assertThat(left).startsWith(others).doesNotContain("ann", rows);
    Profile after = profile();
    assertThat(after.rows()).isEqualTo(3);
    assertThat(after.scoreSum()).isEqualTo(1.5);
    assertThat(after.columns().get("town").values()).isEqualTo(Map.of("south", 2L, "north", 0L));
    assertThat(forget("ann").succeeded().status()).isEqualTo("unchanged");
  }

  @Test
  void namesRequestsThatCannotBeRead() throws IOException {
    String other = json("a", "[{'id':'ann','age':30}]", ".25").replace(title, "toys@0123");
    String all = json("b", "[{'id':'ann','age':30}]", ".25") + other;
    store.objects().write(file, all.getBytes(StandardCharsets.UTF_8));
    assertThat(forget("ann").rejected())
        .isEqualTo(
            "1 requests cannot be read, and may have the rows: delete their lines, and run it"
                + " again; the first: "
                + file
                + ", line 2 (its model is not known)");
    String left = new String(store.objects().read(file).orElseThrow(), StandardCharsets.UTF_8);
    assertThat(left).isEqualTo(other);

    S3Location torn = store.root().resolve("captures/toys/2026/03/10/12/a.arrow");
    store.objects().write(torn, new byte[] {1, 2, 3});
    assertThat(forget("ann").rejected())
        .startsWith("files cannot be read, and may have the rows: ")
        .contains("captures/toys/2026/03/10/12/a.arrow; 1 requests cannot be read, ");
  }

  @Test
  void leavesOutAFileThatWasDeletedSinceItWasListed() throws IOException {
    ForgottenRequests requests =
        new ForgottenRequests(
            store.objects(),
            Set.of("ann"),
            new AnsweringModels(store, "toys"),
            new ForgetRecord(store, "toys", "Ada", Set.of("ann"), null));
    requests.removeFrom(file, folder);
    assertThat(requests.read()).isZero();
    assertThat(requests.problems()).isEmpty();
  }

  private String json(String id, String rows, String... scores) {
    StringBuilder predictions = new StringBuilder();
    for (String score : scores) {
      predictions.append(predictions.isEmpty() ? "" : ",").append("{'score':0" + score + "}");
    }
    String response = "{'model':'" + title + "','predictions':[" + predictions + "]}";
    return EVENT.formatted(
        "application/json",
        rows.replace("'", "\\\""),
        "JSON",
        "application/json",
        response.replace("'", "\\\""),
        "JSON",
        id,
        "1");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private Profile profile() throws IOException {
    TaskRun run =
        TaskRunner.run(
            new CollectTask(),
            environment,
            "--dataset=" + CapturedToys.SPECIFICATION + "capture: {identifier: plain}\n",
            "--window=2026-03-10");
    return ProfileArtifact.require(store, run.succeeded().uri()).profile();
  }

  private TaskRun forget(String input) throws IOException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return TaskRunner.run(new ForgetTask(bytes), environment, "--name=toys", "--who=Ada");
  }
}
