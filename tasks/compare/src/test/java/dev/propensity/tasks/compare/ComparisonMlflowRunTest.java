package dev.propensity.tasks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.MlflowServer;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ComparisonMlflowRunTest {
  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  @TempDir private Path work;

  @Test
  void showsARunAboveThoseOfTheFoldsModelsOnce() throws IOException {
    Folded folded = new Folded(S3.store(), work);
    List<Artifact> features = folded.features(folded.raw(1), 1);
    List<String> models = new ArrayList<>();
    try (Tracking tracking = MLFLOW.tracking()) {
      for (Artifact fold : features) {
        Artifact model = folded.model(fold, 5, 0.3);
        models.add("\"" + model.uri() + "\"");
        Run run = tracking.run("customers", model.uri(), "xgboost", Map.of());
        run.metrics(
            Map.of(
                "train_seconds", 2.0,
                "train_cpu_seconds", 3.0,
                "train_peak_mebibytes", 100.0 + models.size()));
      }
    }
    List<String> folds = features.stream().map(fold -> "\"" + fold.uri() + "\"").toList();
    String uri = compare(models, folds);
    assertThat(compare(models, folds)).isEqualTo(uri);

    JsonNode parent = run(S3Location.parse(uri));
    String id = parent.at("/info/run_id").asText();
    assertThat(parent.at("/info/status").asText()).isEqualTo("FINISHED");
    assertThat(parent.at("/info/run_name").asText()).startsWith("comparison ");
    assertThat(pairs(parent.at("/data/metrics")))
        .containsEntry("train_seconds/xgboost", "6.0")
        .containsEntry("train_cpu_seconds/xgboost", "9.0")
        .containsEntry("train_peak_mebibytes/xgboost", "103.0")
        .containsKeys("auc_mean/xgboost", "auc_deviation/xgboost", "auc_pooled/xgboost");
    assertThat(pairs(parent.at("/data/tags")))
        .containsEntry("propensity.winner", "xgboost")
        .containsKey("propensity.compare");
    assertThat(pairs(parent.at("/data/tags")).get("mlflow.note.content"))
        .contains("make defaults DATASET=customers LEARNER=xgboost PARAMETERS='{\"eta\":0.3");
    for (int fold = 1; fold <= models.size(); fold++) {
      String model = models.get(fold - 1).replace("\"", "");
      assertThat(pairs(run(S3Location.parse(model)).at("/data/tags")))
          .containsEntry("mlflow.parentRunId", id)
          .containsEntry("propensity.candidate", "xgboost")
          .containsEntry("propensity.fold", String.valueOf(fold));
    }
    String files = MLFLOW.get("/api/2.0/mlflow/artifacts/list?path=comparison&run_id=" + id);
    assertThat(files).contains("report.html", "auc.svg", "roc.svg", "calibration.svg");
  }

  private String compare(List<String> models, List<String> folds) throws IOException {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("MLFLOW_TRACKING_URI", MLFLOW.uri());
    return TaskRunner.run(
            new CompareTask(),
            environment,
            "--dataset=" + Folded.specification("customers"),
            "--models=" + models,
            "--features=" + folds)
        .succeeded()
        .uri()
        .toString();
  }

  private static JsonNode run(S3Location artifact) throws IOException {
    try (Tracking tracking = MLFLOW.tracking()) {
      Run run = tracking.find("customers", artifact).orElseThrow();
      String json = MLFLOW.get("/api/2.0/mlflow/runs/get?run_id=" + run.id());
      return CanonicalJson.mapper().readTree(json).get("run");
    }
  }

  private static Map<String, String> pairs(JsonNode list) {
    Map<String, String> pairs = new HashMap<>();
    list.forEach(pair -> pairs.put(pair.get("key").asText(), pair.get("value").asText()));
    return pairs;
  }
}
