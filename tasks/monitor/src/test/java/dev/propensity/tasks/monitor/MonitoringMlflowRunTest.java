package dev.propensity.tasks.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.collect.CapturedToys;
import dev.propensity.testing.TaskRun;
import dev.propensity.tracking.MlflowServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MonitoringMlflowRunTest {
  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  @TempDir private Path work;

  @Test
  void showsTheWindowsOfAVersionInOneRun() throws IOException {
    ArtifactStore store = S3.store();
    CapturedToys toys = new CapturedToys(store, work);
    Artifact model = toys.model(3, Origin.REAL);
    toys.release(model, "2026-03-01T00:00:00Z");
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("MLFLOW_TRACKING_URI", MLFLOW.uri());
    ToyMonitoring monitoring =
        new ToyMonitoring(store, work, model, CapturedToys.SPECIFICATION, environment);

    ToyDay second = ToyDay.quiet("2026-03-03").unseenBy(1);
    TaskRun broken = monitoring.monitor(second).succeeded();
    TaskRun again = monitoring.monitor(second).succeeded();
    TaskRun backfilled = monitoring.monitor(ToyDay.quiet("2026-03-02")).succeeded();
    TaskRun late = monitoring.monitor(second.withLateSegment()).succeeded();

    String page = broken.result().get("mlflow_run").asText();
    assertThat(broken.result().get("report").asText())
        .isEqualTo(page + "/artifacts/2026-03-03/report.html");
    assertThat(again.result().get("report")).isEqualTo(broken.result().get("report"));
    assertThat(late.result().get("report")).isEqualTo(broken.result().get("report"));
    assertThat(backfilled.result().get("mlflow_run").asText()).isEqualTo(page);
    String id = page.substring(page.lastIndexOf('/') + 1);
    JsonNode run = get("runs/get?run_id=" + id).get("run");
    assertThat(run.at("/info/run_name").asText()).isEqualTo("version 1");
    assertThat(run.at("/info/status").asText()).isEqualTo("FINISHED");
    assertThat(
            get("experiments/get?experiment_id=" + run.at("/info/experiment_id").asText())
                .at("/experiment/name")
                .asText())
        .isEqualTo("toys-monitoring");
    assertThat(value(run, "tags", "propensity.window")).isEqualTo("2026-03-03");
    assertThat(value(run, "tags", "mlflow.note.content")).contains("2026-03-03, alarm (town)");
    JsonNode verdicts = get("metrics/get-history?metric_key=verdict&run_id=" + id).get("metrics");
    assertThat(verdicts).as("the late one is not in the ledger").hasSize(2);
    assertThat(at(verdicts, "2026-03-03").get("value").asDouble()).isEqualTo(3);
    assertThat(at(verdicts, "2026-03-02").get("value").asDouble()).isEqualTo(1);
    assertThat(at(verdicts, "2026-03-02").get("timestamp").asLong())
        .isEqualTo(Instant.parse("2026-03-03T00:00:00Z").toEpochMilli());
    assertThat(value(run, "metrics", "unseen/town")).isEqualTo("1.0");
    assertThat(value(run, "metrics", "rows")).isEqualTo("2000.0");
    assertThat(value(run, "metrics", "mean_score")).isEqualTo("0.25");
    assertThat(Double.parseDouble(value(run, "metrics", "rejected_share"))).isEqualTo(7.0 / 2016);
    assertThat(get("artifacts/list?path=2026-03-02&run_id=" + id).toString())
        .contains("report.html", "monitoring.json");

    TimeWindow day = TimeWindow.parse("2026-03-04");
    TimeWindow morning = day.until(Instant.parse("2026-03-04T11:30:00Z"));
    TaskRun provisional = monitoring.monitor(ToyDay.quiet("2026-03-04").until(morning)).succeeded();
    assertThat(provisional.result().get("report").asText())
        .isEqualTo(page + "/artifacts/current/report.html");
    assertThat(get("metrics/get-history?metric_key=verdict&run_id=" + id).get("metrics"))
        .hasSize(2);
  }

  private static JsonNode at(JsonNode history, String day) {
    for (JsonNode metric : history) {
      if (metric.get("step").asLong() == LocalDate.parse(day).toEpochDay()) {
        return metric;
      }
    }
    throw new AssertionError("no step of " + day + " in " + history);
  }

  private static JsonNode get(String path) throws IOException {
    return CanonicalJson.mapper().readTree(MLFLOW.get("/api/2.0/mlflow/" + path));
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
