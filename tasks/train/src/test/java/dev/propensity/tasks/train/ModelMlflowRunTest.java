package dev.propensity.tasks.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.MlflowServer;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ModelMlflowRunTest {
  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  @TempDir Path folder;

  @Test
  void logsOneRunHoweverOftenTheTaskIsRun(@TempDir Path work) throws IOException {
    String csv = new String(ToyFeatures.csv(), StandardCharsets.UTF_8);
    byte[] alike = csv.replace(",4,", ",x,").replace(",5,", ",X,").getBytes(StandardCharsets.UTF_8);
    Artifact features = ToyFeatures.features(S3.store(), work, Origin.REAL, "preprocess", alike);
    String uri = train(features);
    assertThat(train(features)).isEqualTo(uri);

    JsonNode runs = runs();
    assertThat(runs).hasSize(1);
    JsonNode run = runs.get(0);
    assertThat(run.at("/info/status").asText()).isEqualTo("FINISHED");
    assertThat(run.at("/info/run_name").asText()).startsWith("xgboost ");
    Map<String, String> tags = pairs(run.at("/data/tags"));
    assertThat(tags)
        .containsEntry("propensity.model", uri)
        .containsEntry("propensity.origin", "real")
        .containsEntry("propensity.features", features.uri().toString())
        .containsKeys("propensity.model.digest", "propensity.train", "propensity.code");
    String warning = "town (code): the categories 'X', 'x' look alike";
    assertThat(tags)
        .containsEntry("propensity.warnings", warning)
        .doesNotContainKey("propensity.leaks");
    assertThat(tags.get("mlflow.note.content"))
        .startsWith("# Who buys the toy?")
        .contains("**Warning.** " + warning + ".");
    assertThat(pairs(run.at("/data/params")))
        .containsEntry("learner", "xgboost")
        .containsEntry("rounds", "10")
        .containsEntry("eta", "0.05");
    assertThat(pairs(run.at("/data/metrics")))
        .containsKeys(
            "validation_auc", "validation_logloss", "importance/age", "importance/town _code_")
        .containsKeys("train_seconds", "train_cpu_seconds", "train_peak_mebibytes");
    String files = MLFLOW.get("/api/2.0/mlflow/artifacts/list?path=model&run_id=" + id(run));
    assertThat(files).contains("model/MLmodel", "model/model.ubj", "model/code");
  }

  @Test
  void logsAgainWhatATryThatWasKilledLeftHalf(@TempDir Path work) throws IOException {
    Artifact features = ToyFeatures.features(S3.store(), work, Origin.SYNTHETIC, "preprocess");
    String uri = train(features, Map.of());
    try (Tracking tracking = MLFLOW.tracking()) {
      Run begun = tracking.run("toys-synthetic", S3Location.parse(uri), "half", Map.of());
      begun.parameters(Map.of("eta", "0.05"));
    }
    train(features);
    JsonNode runs = runs("toys-synthetic");
    assertThat(runs).hasSize(1);
    assertThat(pairs(runs.get(0).at("/data/tags")))
        .containsKey("propensity.train")
        .doesNotContainKeys("propensity.warnings", "propensity.leaks");
    assertThat(pairs(runs.get(0).at("/data/params"))).containsEntry("rounds", "10");
  }

  private String train(Artifact features) throws IOException {
    return train(features, Map.of("MLFLOW_TRACKING_URI", MLFLOW.uri()));
  }

  private String train(Artifact features, Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.putAll(more);
    List<String> arguments = new ArrayList<>(List.of("--dataset", ToyFeatures.SPEC));
    arguments.addAll(List.of("--features", features.uri().toString()));
    return TaskRunner.run(new TrainTask(), environment, arguments).succeeded().uri().toString();
  }

  private static JsonNode runs() throws IOException {
    return runs("toys");
  }

  private static JsonNode runs(String experiment) throws IOException {
    ObjectMapper json = new ObjectMapper();
    String found =
        MLFLOW.get("/api/2.0/mlflow/experiments/get-by-name?experiment_name=" + experiment);
    String id = json.readTree(found).at("/experiment/experiment_id").asText();
    return json.readTree(search("{\"experiment_ids\": [\"" + id + "\"]}")).get("runs");
  }

  private static String search(String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(MLFLOW.uri() + "/api/2.0/mlflow/runs/search"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String id(JsonNode run) {
    return run.at("/info/run_id").asText();
  }

  private static Map<String, String> pairs(JsonNode list) {
    Map<String, String> pairs = new HashMap<>();
    list.forEach(pair -> pairs.put(pair.get("key").asText(), pair.get("value").asText()));
    return pairs;
  }
}
