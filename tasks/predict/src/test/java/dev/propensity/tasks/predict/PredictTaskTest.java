package dev.propensity.tasks.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.propensity.artifacts.PredictionsArtifact;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.MlflowServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PredictTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  @TempDir private Path folder;

  private ArtifactStore store;
  private ToyModels toys;
  private Map<String, String> environment;

  @BeforeEach
  void openStore(TestInfo test) {
    S3Location root = new S3Location(S3.root().bucket(), test.getTestMethod().get().getName());
    store = new ArtifactStore(S3.objects(), root);
    toys = new ToyModels(store, folder);
    environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_STORE", root.toString());
  }

  @Test
  void predictsByTheChampionOnce() throws IOException {
    Artifact raw = toys.raw(ToyModels.csv(300), Origin.REAL);
    Artifact champion = toys.model(5, Origin.REAL);
    toys.release("toys", champion);

    JsonNode first = predict(0, "--raw=" + raw.uri());
    Artifact predictions = PredictionsArtifact.require(store, uri(first)).artifact();
    assertThat(predictions.manifest().name()).isEqualTo("toys");
    assertThat(predictions.manifest().inputs())
        .containsEntry("raw", raw.asInput())
        .containsEntry("model", champion.asInput())
        .hasSize(2);
    assertThat(predictions.manifest().files())
        .containsOnlyKeys(
            "predictions.arrow", "predictions.csv", "predictions.json", "submission.csv");
    assertThat(text(predictions, "submission.csv")).containsPattern("^id,bought\nt0,\\d\\.\\d+");
    assertThat(text(predictions, "predictions.csv").lines()).hasSize(301);

    assertThat(first.get("name").asText()).isEqualTo("toys");
    assertThat(first.get("version").asInt()).isEqualTo(1);
    assertThat(first.at("/metrics/predicted").asInt()).isEqualTo(300);
    assertThat(first.get("reason").asText()).startsWith("300 of 300 rows predicted, ");

    assertThat(predict(0, "--raw=" + raw.uri()).get("status").asText()).isEqualTo("unchanged");
    JsonNode again = predict(0, "--raw=" + raw.uri(), "--force", "--threads=1");
    assertThat(again.get("uri")).isEqualTo(first.get("uri"));

    toys.release("toys", toys.model(6, Origin.REAL));
    assertThat(predict(0, "--raw=" + raw.uri()).get("uri")).isNotEqualTo(first.get("uri"));
    assertThat(predict(0, "--raw=" + raw.uri(), "--model-version=1").get("uri"))
        .isEqualTo(first.get("uri"));
    assertThat(predict(0, "--raw=" + raw.uri(), "--model=" + champion.uri()).get("uri"))
        .isEqualTo(first.get("uri"));
  }

  @Test
  void averagesTheModelsOfAList() throws IOException {
    Artifact raw = toys.raw(ToyModels.csv(30), Origin.REAL);
    Artifact a = toys.model(5, Origin.REAL);
    Artifact b = toys.model(6, Origin.REAL);
    String list = "--models=[\"" + a.uri() + "\", \"" + b.uri() + "\"]";
    PredictionsArtifact predictions =
        PredictionsArtifact.require(store, uri(predict(0, "--raw=" + raw.uri(), list)));
    assertThat(predictions.artifact().manifest().inputs())
        .containsOnlyKeys("models.0", "models.1", "raw")
        .containsEntry("models.1", b.asInput());
    assertThat(predictions.report().models()).isEqualTo(2);
  }

  @Test
  void givesWhatDescendsFromSyntheticRowsTheNameOfSamples() throws IOException {
    Artifact real = toys.raw(ToyModels.csv(30), Origin.REAL);
    Artifact synthetic = toys.raw(ToyModels.csv(31), Origin.SYNTHETIC);
    Artifact realModel = toys.model(5, Origin.REAL);
    Artifact sampleModel = toys.model(5, Origin.SYNTHETIC);
    toys.release("toys", realModel);
    toys.release("toys-synthetic", sampleModel);

    assertThat(name("--raw=" + real.uri())).isEqualTo("toys");
    assertThat(name("--raw=" + synthetic.uri())).isEqualTo("toys-synthetic");
    assertThat(name("--raw=" + synthetic.uri(), "--model=" + realModel.uri()))
        .isEqualTo("toys-synthetic");
    assertThat(name("--raw=" + real.uri(), "--model=" + sampleModel.uri()))
        .isEqualTo("toys-synthetic");
    PredictionsArtifact byDefault =
        PredictionsArtifact.require(store, uri(predict(0, "--raw=" + synthetic.uri())));
    assertThat(byDefault.artifact().manifest().inputs())
        .containsEntry("model", sampleModel.asInput());
  }

  @Test
  void rejectsInOneLineWhatCannotBe() throws IOException {
    Artifact raw = toys.raw(ToyModels.csv(30), Origin.REAL);
    assertThat(rejection("--raw=" + raw.uri()))
        .isEqualTo("no model is registered as toys: train one first");
    Artifact model = toys.model(5, Origin.REAL);
    toys.release("toys", model);
    assertThat(rejection("--raw=" + raw.uri(), "--model-version=2"))
        .isEqualTo("toys has no version 2; it has 1 to 1");
    assertThat(rejection("--raw=" + raw.uri(), "--model-version=1", "--models=[]"))
        .isEqualTo("use only one of --model, --models and --model-version");
    for (String none : List.of("[]", "null", "[null]")) {
      assertThat(rejection("--raw=" + raw.uri(), "--models=" + none))
          .startsWith("--models must list at least one URI");
    }
    assertThat(rejection("--raw=" + raw.uri(), "--models=s3://b/x")).contains("--models");
    assertThat(rejection("--raw=" + model.uri())).contains("an artifact of download is expected");
    assertThat(rejection("--raw=" + raw.uri(), "--model=" + raw.uri()))
        .contains("an artifact of train is expected");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Artifact other = toys.commit("dolls", Origin.REAL, "train", new IntNode(1), empty);
    assertThat(rejection("--raw=" + raw.uri(), "--model=" + other.uri()))
        .endsWith("belongs to dolls, not to toys");
    String invalid = ToyModels.csv(30).replace("t7,59,", "t7,-59,");
    assertThat(rejection("--raw=" + toys.raw(invalid, Origin.REAL).uri()))
        .startsWith(
            "the raw table of toys: 1 of 30 rows are invalid\nline 9, age is '-59': below 0");
  }

  @Test
  void reportsToMlflowOnceByWhichVersionHowManyRowsAndWhichScores() throws Exception {
    environment.put("MLFLOW_TRACKING_URI", MLFLOW.uri());
    Artifact raw = toys.raw(ToyModels.csv(300), Origin.SYNTHETIC);
    Artifact model = toys.model(5, Origin.SYNTHETIC);
    toys.release("toys-synthetic", model);
    JsonNode result = predict(0, "--raw=" + raw.uri());
    predict(0, "--raw=" + raw.uri());

    JsonNode runs = runs("toys-synthetic-predictions");
    assertThat(runs).hasSize(1);
    JsonNode run = runs.get(0);
    assertThat(run.at("/info/status").asText()).isEqualTo("FINISHED");
    assertThat(pairs(run.at("/data/tags")))
        .containsEntry("propensity.predictions", result.get("uri").asText())
        .containsEntry("propensity.predicted-by", model.uri().toString())
        .containsEntry("propensity.version", "1")
        .containsEntry("propensity.origin", "synthetic")
        .doesNotContainKey("propensity.model");
    assertThat(pairs(run.at("/data/metrics")))
        .containsEntry("rows", "300.0")
        .containsEntry("rejected", "0.0")
        .containsKeys("predicted", "positive", "mean_score", "score_histogram");
    JsonNode bins =
        new ObjectMapper()
            .readTree(
                MLFLOW.get(
                    "/api/2.0/mlflow/metrics/get-history?metric_key=score_histogram&run_id="
                        + run.at("/info/run_id").asText()));
    assertThat(bins.get("metrics")).hasSize(20);
  }

  private String name(String... arguments) throws IOException {
    return PredictionsArtifact.require(store, uri(predict(0, arguments))).name();
  }

  private String rejection(String... arguments) throws IOException {
    return predict(2, arguments).get("reason").asText();
  }

  private static S3Location uri(JsonNode result) {
    return S3Location.parse(result.get("uri").asText());
  }

  private String text(Artifact artifact, String file) throws IOException {
    try (var in = store.open(artifact, file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private JsonNode predict(int code, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--dataset=" + ToyModels.SPECIFICATION));
    arguments.addAll(List.of(more));
    TaskRun run = TaskRunner.run(new PredictTask(), environment, arguments);
    assertThat(run.exit()).as(run.reason()).isEqualTo(code);
    return run.result();
  }

  private static JsonNode runs(String experiment) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    String found =
        MLFLOW.get("/api/2.0/mlflow/experiments/get-by-name?experiment_name=" + experiment);
    String id = mapper.readTree(found).at("/experiment/experiment_id").asText();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(MLFLOW.uri() + "/api/2.0/mlflow/runs/search"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"experiment_ids\": [\"" + id + "\"]}"))
            .build();
    String answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    return mapper.readTree(answer).path("runs");
  }

  private static Map<String, String> pairs(JsonNode list) {
    Map<String, String> pairs = new HashMap<>();
    list.forEach(pair -> pairs.put(pair.get("key").asText(), pair.get("value").asText()));
    return pairs;
  }
}
