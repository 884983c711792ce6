package dev.propensity.tasks.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Server;
import dev.propensity.tracking.MlflowServer;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EvaluationMlflowRunTest {
  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  private static final String SPEC = Customers.specification(7);

  @TempDir private Path work;

  @Test
  void showsTheEvaluationInTheModelsRunOnce() throws IOException {
    Customers customers = new Customers(S3.store(), work);
    Artifact features = customers.features(SPEC, 4000, Origin.REAL);
    Artifact weak = customers.model(SPEC, features, 2);
    Artifact strong = customers.model(SPEC, features, 40);
    Runs runs = new Runs(S3, SPEC, Map.of("MLFLOW_TRACKING_URI", MLFLOW.uri()));

    JsonNode result = runs.done(strong, features, "--champion=" + weak.uri());
    JsonNode again = runs.done(strong, features, "--champion=" + weak.uri());

    Evaluation evaluation = runs.evaluation(result);
    JsonNode run = run(strong);
    String page = result.get("mlflow_run").asText();
    assertThat(page).startsWith(MLFLOW.uri()).endsWith(run.at("/info/run_id").asText());
    assertThat(result.get("report").asText()).isEqualTo(page + "/artifacts/evaluation/report.html");
    assertThat(again.get("report")).isEqualTo(result.get("report"));
    assertThat(result.get("reason").asText()).startsWith("release: ");
    assertThat(again.get("reason").asText()).contains("; release: ");
    assertThat(result.at("/metrics/rows").asInt()).isEqualTo(evaluation.rows());
    assertThat(run.at("/info/run_name").asText()).startsWith("xgboost ");
    assertThat(value(run, "tags", "propensity.evaluation")).isEqualTo(result.get("uri").asText());
    assertThat(value(run, "tags", "propensity.verdict")).isEqualTo("release");
    assertThat(Double.parseDouble(value(run, "metrics", "test_auc")))
        .isEqualTo(evaluation.candidate().scalars().get("auc"));
    assertThat(Double.parseDouble(value(run, "metrics", "test_auc_difference_low")))
        .isEqualTo(evaluation.difference().low());
    assertThat(files(run))
        .contains("evaluation/evaluation.json", "evaluation/report.html")
        .contains("roc.svg", "precision-recall.svg", "gain.svg", "calibration.svg");
  }

  private static JsonNode run(Artifact model) throws IOException {
    try (Tracking tracking = MLFLOW.tracking()) {
      Run run = tracking.find("customers", model.uri()).orElseThrow();
      String json = MLFLOW.get("/api/2.0/mlflow/runs/get?run_id=" + run.id());
      return CanonicalJson.mapper().readTree(json).get("run");
    }
  }

  private static String files(JsonNode run) {
    return MLFLOW.get(
        "/api/2.0/mlflow/artifacts/list?path=evaluation&run_id=" + run.at("/info/run_id").asText());
  }

  private static String value(JsonNode run, String kind, String key) {
    for (JsonNode pair : run.at("/data/" + kind)) {
      if (pair.get("key").asText().equals(key)) {
        return pair.get("value").asText();
      }
    }
    throw new AssertionError("no " + key + " in " + run);
  }
}
