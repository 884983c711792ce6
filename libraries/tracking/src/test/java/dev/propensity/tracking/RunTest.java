package dev.propensity.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  private final String experiment = "runs-" + UUID.randomUUID();
  private final S3Location model = S3Location.parse("s3://bucket/store/insurance/train/1234");
  private Tracking tracking;

  @BeforeEach
  void connect() {
    tracking = MLFLOW.tracking();
  }

  @AfterEach
  void disconnect() {
    tracking.close();
  }

  @Test
  void findsTheRunThatItBegan() {
    Run begun = tracking.run(experiment, model, "first", Map.of("propensity.origin", "synthetic"));

    Run found = tracking.run(experiment, model, "second", Map.of());

    assertThat(found.id()).isEqualTo(begun.id());
    assertThat(found.has("propensity.origin", "synthetic")).isTrue();
    assertThat(found.has("propensity.origin", "real")).isFalse();
    assertThat(tracking.run(experiment, model.resolve("other"), "third", Map.of()).id())
        .isNotEqualTo(begun.id());
  }

  @Test
  void namesItsPagesInMlflow() {
    Run run = tracking.run(experiment, model, "pages", Map.of());
    assertThat(run.page())
        .startsWith(MLFLOW.uri() + "/#/experiments/")
        .endsWith("/runs/" + run.id());
    assertThat(run.artifactPage("evaluation/report.html"))
        .hasValue(run.page() + "/artifacts/evaluation/report.html");
  }

  @Test
  void reportsItsMetricsAndStandsBelowAnother() throws IOException {
    Run parent = tracking.run(experiment, model, "parent", Map.of());
    Run child = tracking.run(experiment, model.resolve("child"), "child", Map.of());
    child.metrics(Map.of("train_seconds", 1.5));
    child.nestUnder(parent);
    Run found = tracking.find(experiment, model.resolve("child")).orElseThrow();
    assertThat(found.metric("train_seconds")).hasValue(1.5);
    assertThat(found.metric("train_hours")).isEmpty();
    assertThat(found.has("mlflow.parentRunId", parent.id())).isTrue();
  }

  @Test
  void keepsEqualValuesOnceHoweverOftenTheyAreLogged() throws IOException {
    for (int i = 0; i < 2; i++) {
      Run run = tracking.run(experiment, model, "model", Map.of());
      run.parameters(Map.of("eta", "0.05", "long", "x".repeat(7000)));
      run.metrics(Map.of("auc", 0.85, "undefined", Double.NaN));
      run.history(Map.of("validation_logloss", List.of(0.5, 0.4, 0.3)));
      run.tags(Map.of("propensity.evaluation", "s3://bucket/evaluation"));
      run.finish();
    }

    Run run = tracking.run(experiment, model, "model", Map.of());
    JsonNode data = logged(run).get("data");
    assertThat(logged(run).get("info").get("status").asText()).isEqualTo("FINISHED");
    assertThat(run.has("propensity.evaluation", "s3://bucket/evaluation")).isTrue();
    assertThat(pairs(data.get("params"))).containsEntry("eta", "0.05").containsKey("long");
    assertThat(pairs(data.get("metrics")))
        .containsOnly(Map.entry("auc", "0.85"), Map.entry("validation_logloss", "0.3"));
    assertThat(history(run, "validation_logloss")).hasSize(3);
    assertThat(history(run, "auc")).hasSize(1);
  }

  @Test
  void logsMoreThanFitsOneRequest() throws IOException {
    Run run = tracking.run(experiment, model, "model", Map.of());
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < 230; i++) {
      parameters.put("parameter " + i, Integer.toString(i));
    }

    run.parameters(parameters);
    run.history(Map.of("logloss", Collections.nCopies(2300, 0.25)));

    assertThat(pairs(logged(run).get("data").get("params"))).isEqualTo(parameters);
    assertThat(history(run, "logloss")).hasSize(2300);
  }

  @Test
  void uploadsFoldersOverWhatIsThere(@TempDir Path folder) throws IOException {
    Run run = tracking.run(experiment, model, "model", Map.of());
    Files.createDirectory(folder.resolve("code"));
    Files.writeString(folder.resolve("MLmodel"), "flavors: {}");
    Files.writeString(folder.resolve("code/loader of it+ü.py"), "pass");
    Files.writeString(folder.resolve("empty.txt"), "");
    run.upload(folder, "model");
    Files.writeString(folder.resolve("MLmodel"), "flavors: {again}");
    run.upload(folder, "model");

    String get = "/get-artifact?run_id=" + run.id() + "&path=model/";
    assertThat(MLFLOW.get(get + "MLmodel")).isEqualTo("flavors: {again}");
    assertThat(MLFLOW.get(get + "code/loader%20of%20it%2B%C3%BC.py")).isEqualTo("pass");
    assertThat(MLFLOW.get(get + "empty.txt")).isEmpty();
  }

  @Test
  void keepsTheFirstOfTwoRunsThatTriesBeganAtOnce() throws IOException {
    Run first = tracking.run(experiment, model, "first", Map.of());
    try (MlflowApi api = new MlflowApi(new MlflowAddress(MLFLOW.uri(), null, null, null))) {
      api.post(
          "runs/create",
          Map.of(
              "experiment_id",
              logged(first).get("info").get("experiment_id").asText(),
              "start_time",
              first.startTime() + 1,
              "tags",
              List.of(Map.of("key", Tracking.MODEL_TAG, "value", model.toString()))));
    }

    assertThat(tracking.run(experiment, model, "third", Map.of()).id()).isEqualTo(first.id());
    assertThat(tracking.find(experiment, model).orElseThrow().id()).isEqualTo(first.id());
  }

  @Test
  void isToBeTriedAgainWhereAnotherTryTookOver() {
    Run run = tracking.run(experiment, model, "model", Map.of());
    run.delete();

    assertThatThrownBy(() -> run.metrics(Map.of("auc", 0.85)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("another attempt took over");
    assertThatThrownBy(run::finish).isInstanceOf(UnavailableException.class);
    assertThat(tracking.find(experiment, model)).isEmpty();
  }

  @Test
  void leavesOneRunOfManyTriesAtOnce() throws Exception {
    int tries = 4;
    ExecutorService threads = Executors.newFixedThreadPool(tries);
    try {
      threads.invokeAll(
          Collections.nCopies(
              tries,
              () -> {
                try (Tracking own = MLFLOW.tracking()) {
                  return own.run(experiment, model, "model", Map.of());
                }
              }));
    } finally {
      threads.shutdown();
    }
    Run left = tracking.find(experiment, model).orElseThrow();
    JsonNode info = logged(left).get("info");
    try (MlflowApi api = new MlflowApi(new MlflowAddress(MLFLOW.uri(), null, null, null))) {
      JsonNode active =
          api.post(
              "runs/search", Map.of("experiment_ids", List.of(info.get("experiment_id").asText())));
      assertThat(active.get("runs")).hasSize(1);
    }
  }

  @Test
  void restoresAnExperimentThatSomebodyDeleted() throws IOException {
    Run run = tracking.run(experiment, model, "model", Map.of());
    String id = logged(run).get("info").get("experiment_id").asText();
    try (MlflowApi api = new MlflowApi(new MlflowAddress(MLFLOW.uri(), null, null, null))) {
      api.post("experiments/delete", Map.of("experiment_id", id));
    }

    assertThat(tracking.find(experiment, model)).isEmpty();
    Run again = tracking.run(experiment, model, "model", Map.of());

    assertThat(logged(again).get("info").get("experiment_id").asText()).isEqualTo(id);
  }

  private static JsonNode logged(Run run) throws IOException {
    return json("/api/2.0/mlflow/runs/get?run_id=" + run.id()).get("run");
  }

  private static JsonNode history(Run run, String metric) throws IOException {
    return json("/api/2.0/mlflow/metrics/get-history?max_results=5000&run_id="
            + run.id()
            + "&metric_key="
            + metric)
        .get("metrics");
  }

  private static Map<String, String> pairs(JsonNode list) {
    Map<String, String> pairs = new HashMap<>();
    list.forEach(pair -> pairs.put(pair.get("key").asText(), pair.get("value").asText()));
    return pairs;
  }

  private static JsonNode json(String path) throws IOException {
    return new ObjectMapper().readTree(MLFLOW.get(URI.create(path).toString()));
  }
}
