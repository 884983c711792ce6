package dev.propensity.tasks.teardown.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.storage.SimulatedAccount;
import dev.propensity.task.Task;
import dev.propensity.tasks.teardown.TeardownTask;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.MlflowServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegisteredModelsTest {
  @RegisterExtension static final SimulatedAccount ACCOUNT = new SimulatedAccount();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  private static final String LEDGERS = "propensity.version";

  @Test
  void deletesOnlyOnRequestAndOnlyWhatLiesInTheStagesBuckets() throws Exception {
    register("insurance", "s3://propensity-dev-123456789012/store/insurance/train/0", LEDGERS);
    register("mixed", "s3://propensity-dev-123456789012/store/mixed/train/0", LEDGERS);
    register("mixed", "s3://propensity-uat-123456789012/store/mixed/train/0", LEDGERS);
    register("by-hand", "s3://propensity-dev-123456789012/store/by-hand/train/0", "a");
    register("uat", "s3://propensity-uat-123456789012/store/insurance/train/0", LEDGERS);

    assertThat(teardown("--yes")).isZero();
    assertThat(names()).contains("insurance", "mixed", "by-hand", "uat");

    assertThat(teardown("--with-registry")).isZero();
    assertThat(names()).contains("insurance", "mixed", "by-hand", "uat");

    assertThat(teardown("--with-registry", "--yes")).isZero();
    assertThat(names()).contains("mixed", "by-hand", "uat").doesNotContain("\"insurance\"");
    assertThat(versions()).contains("s3://propensity-uat-123456789012/store/mixed");
    assertThat(versions()).doesNotContain("s3://propensity-dev-123456789012/store/mixed");

    assertThat(teardown("--with-registry", "--yes")).isZero();
  }

  @Test
  void doesNotLookAtARegistryThatIsNotNamed() throws Exception {
    assertThat(
            TaskRunner.run(
                    new TeardownTask(), ACCOUNT.environment(), "--stage=uat", "--with-registry")
                .rejected())
        .contains("MLFLOW_TRACKING_URI");
  }

  private static int teardown(String... arguments) {
    Map<String, String> environment = new HashMap<>(ACCOUNT.environment());
    environment.put("MLFLOW_TRACKING_URI", MLFLOW.uri());
    List<String> all = new ArrayList<>(List.of("--stage", "dev", "--timeout", "1"));
    all.addAll(List.of(arguments));
    return Task.run(new TeardownTask(), environment, all.toArray(String[]::new));
  }

  private static String names() {
    return MLFLOW.get("/api/2.0/mlflow/registered-models/search?max_results=100");
  }

  private static String versions() {
    return MLFLOW.get("/api/2.0/mlflow/model-versions/search?max_results=100");
  }

  /** A version as registered by a release ledger or, with another tag, by a user. */
  private static void register(String model, String source, String tag)
      throws IOException, InterruptedException {
    post("registered-models/create", "{\"name\": \"%s\"}".formatted(model));
    post(
        "model-versions/create",
        "{\"name\": \"%s\", \"source\": \"%s\", \"tags\": [{\"key\": \"%s\", \"value\": \"1\"}]}"
            .formatted(model, source, tag));
  }

  private static void post(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(MLFLOW.uri() + "/api/2.0/mlflow/" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
  }
}
