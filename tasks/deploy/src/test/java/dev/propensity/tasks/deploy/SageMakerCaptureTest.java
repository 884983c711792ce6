package dev.propensity.tasks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.task.Task;
import dev.propensity.tasks.collect.CapturedToys;
import dev.propensity.tasks.collect.CollectTask;
import dev.propensity.tasks.monitor.MonitorTask;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemaker.model.DataCaptureConfigSummary;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;

/** What SageMaker captures, from the deployment of an endpoint to the verdict on its rows. */
class SageMakerCaptureTest {
  private static final String PLAIN = "capture: {rows: 0.996, days: 30, identifier: plain}\n";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension static final SageMakerAccount ACCOUNT = new SageMakerAccount();

  @TempDir private Path folder;

  @Test
  void countsAndMonitorsTheRowsThatAnEndpointStored() throws Exception {
    ArtifactStore store = ACCOUNT.store();
    CapturedToys toys = new CapturedToys(store, folder);
    Artifact model = toys.model(3, Origin.REAL);
    toys.release(model, "2026-03-09T08:00:00Z");
    try (SageMakerStage stage = new SageMakerStage(ACCOUNT, "toys", folder)) {
      assertThat(deploy(stage, "capture: {exclude: [town]}\n").rejected())
          .isEqualTo(
              "toys.yaml: capture.identifier is hmac (the default) and capture.exclude has town, but"
                  + " Amazon SageMaker stores requests as they are: set capture.identifier to"
                  + " plain and remove capture.exclude, or serve the dataset with the project's"
                  + " own server, or remove the section capture");
      assertThat(deploy(stage, "capture: {identifier: none}\n").rejected())
          .startsWith(
              "toys.yaml: capture.identifier is none, but Amazon SageMaker stores requests as they"
                  + " are: set capture.identifier to plain, or serve ");
      assertThat(stage.models()).isEmpty();
      assertThat(list(store, "endpoints")).isEmpty();

      TaskRun deployed = deploy(stage, PLAIN);
      assertThat(deployed.exit()).as(deployed.reason()).isZero();
      DataCaptureConfigSummary capture = stage.described().dataCaptureConfig();
      assertThat(capture.enableCapture()).isTrue();
      assertThat(capture.currentSamplingPercentage()).isEqualTo(100);
      assertThat(list(store, "endpoints"))
          .containsExactly(store.root().resolve("endpoints/toys/propensity-dev-toys.json"));

      float sum = 0;
      JsonNode answer =
          json(
              invoke(
                  stage,
                  "application/json",
                  "application/json",
                  "[{\"id\": \"ann\", \"age\": 30, \"town\": \" north\"},"
                      + " {\"id\": \"bob\", \"age\": 99.5, \"town\": \"west\"}]"));
      sum += answer.at("/predictions/0/score").floatValue();
      sum += answer.at("/predictions/1/score").floatValue();
      String csv =
          invoke(
              stage, "text/csv; decimal=comma", "text/csv", "town;age;id\nsouth;1,5;\"a,b\n\"\n");
      sum += Float.parseFloat(csv.split(",")[csv.split(",").length - 2]);
      store
          .objects()
          .write(
              besides(stored(stage).get(0)),
              "{\"captureData\": {}}\n".getBytes(StandardCharsets.UTF_8));

      TaskRun collected = collected(stage, 3);
      JsonNode profile = profile(collected);
      String digest = Release.digestOf(model).hex();
      assertThat(profile.get("models")).isEqualTo(json("{\"" + digest + "\": 3}"));
      assertThat(profile.get("scored").asInt()).isEqualTo(3);
      assertThat(profile.get("score_sum").asDouble()).isCloseTo(sum, Offset.offset(3e-6));
      assertThat(profile.get("answered").asInt()).isEqualTo(3);
      assertThat(profile.get("servers")).isEqualTo(json("[\"propensity-dev-toys\"]"));
      assertThat(profile.get("skewed").asInt()).isZero();
      assertThat(profile.get("rejected")).isEqualTo(json("{\"the row\": {\"unreadable\": 1}}"));
      JsonNode town = profile.at("/columns/town");
      assertThat(town.get("values")).isEqualTo(json("{\"north\": 1, \"south\": 1}"));
      assertThat(town.get("unseen").asInt()).isEqualTo(1);
      int ages = 0;
      for (JsonNode bin : profile.at("/columns/age/bins")) {
        ages += bin.asInt();
      }
      assertThat(ages).isEqualTo(3);

      TaskRun monitored =
          run(stage, new MonitorTask(), PLAIN, "--profile=" + collected.uri(), "--who=Ada");
      assertThat(monitored.succeeded().result().get("verdict").asText()).isEqualTo("too few rows");

      assertThat(collect(stage, "capture: {exclude: [town], identifier: none}\n").rejected())
          .startsWith(
              "toys.yaml: capture.identifier is none and capture.exclude has town, but Amazon"
                  + " SageMaker stores requests");
    }
  }

  private static JsonNode profile(TaskRun collected) {
    byte[] json =
        ACCOUNT.store().objects().read(collected.uri().resolve("profile.json")).orElseThrow();
    return json(new String(json, StandardCharsets.UTF_8));
  }

  private static JsonNode json(String text) {
    return CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class, "JSON");
  }

  private static TaskRun deploy(SageMakerStage stage, String capture) throws IOException {
    String release = stage.releases.ledger().location(1).toString();
    return stage.deploy(release, "toys", "--dataset=" + CapturedToys.SPECIFICATION + capture);
  }

  private static String invoke(SageMakerStage stage, String type, String accept, String rows) {
    try (SageMakerRuntimeClient client =
        ACCOUNT.connection().client(SageMakerRuntimeClient.builder(), "sagemaker_runtime")) {
      return client
          .invokeEndpoint(
              invoke ->
                  invoke
                      .endpointName(stage.endpoint())
                      .contentType(type)
                      .accept(accept)
                      .body(SdkBytes.fromUtf8String(rows)))
          .body()
          .asUtf8String();
    }
  }

  /** Collects until so many rows are stored. */
  private static TaskRun collected(SageMakerStage stage, long rows) throws Exception {
    Instant end = Instant.now().plus(LIMIT);
    while (true) {
      TaskRun run = collect(stage, PLAIN).succeeded();
      long stored = profile(run).get("rows").asLong();
      if (stored >= rows || Instant.now().isAfter(end)) {
        return run;
      }
      Thread.sleep(200);
    }
  }

  private static TaskRun collect(SageMakerStage stage, String capture) throws IOException {
    return run(stage, new CollectTask(), capture, "--window=current");
  }

  private static TaskRun run(SageMakerStage stage, Task task, String capture, String... options)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(options));
    words.add("--dataset=" + CapturedToys.SPECIFICATION + capture);
    return TaskRunner.run(task, stage.environment(), words);
  }

  /** The files of requests, once there are some. */
  private static List<S3Location> stored(SageMakerStage stage) throws InterruptedException {
    S3Location folder = S3Location.parse("s3://propensity-dev-123456789012/capture");
    Instant end = Instant.now().plus(LIMIT);
    List<S3Location> files = List.of();
    while (files.isEmpty() && Instant.now().isBefore(end)) {
      files =
          ACCOUNT
              .store()
              .objects()
              .list(folder.resolve(stage.endpoint() + "/model"), Optional.empty());
      Thread.sleep(50);
    }
    return files;
  }

  private static S3Location besides(S3Location file) {
    String folder = file.key().substring(0, file.key().lastIndexOf('/'));
    return new S3Location(file.bucket(), folder + "/damaged.jsonl");
  }

  private static List<S3Location> list(ArtifactStore store, String folder) {
    return store.objects().list(store.root().resolve(folder), Optional.empty());
  }
}
