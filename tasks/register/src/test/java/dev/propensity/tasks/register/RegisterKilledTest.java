package dev.propensity.tasks.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.artifact.Artifact;
import dev.propensity.artifact.S3Server;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.task.Task;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.MlflowServer;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * register as a process of its own, killed after its first request to S3 or MLflow was answered,
 * its second, and so on to its last; run again each time.
 */
class RegisterKilledTest {
  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  @Test
  void makesOneEntryAndOneVersionWhereverItIsKilled() throws Exception {
    int kills = 0;
    int request = 1;
    while (isKilledAt(request)) {
      kills++;
      request++;
    }
    System.err.printf("register was killed alive after each of its %d requests%n", kills);
    assertThat(kills).as("S3 and MLflow together are asked more often").isGreaterThan(10);
  }

  /** Whether the process made that many requests, and so was killed. */
  private static boolean isKilledAt(int request) throws Exception {
    Candidates candidates = new Candidates(S3.store());
    Artifact first = candidates.model("one");
    Artifact second = candidates.model("two");
    Artifact released = candidates.evaluation(first, Optional.empty(), Decision.RELEASE);
    Artifact better = candidates.evaluation(second, Optional.of(first), Decision.RELEASE);
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("MLFLOW_TRACKING_URI", MLFLOW.uri());
    assertThat(Task.run(new RegisterTask(), environment, arguments(candidates, released))).isZero();

    boolean killed = runUntil(request, environment, arguments(candidates, better));

    assertThat(Task.run(new RegisterTask(), environment, arguments(candidates, better))).isZero();
    LedgerEntry state = new ReleaseLedger(S3.store(), candidates.dataset()).latest().orElseThrow();
    assertThat(state.number()).as("after request %d", request).isEqualTo(2);
    assertThat(state.versions()).isEqualTo(2);
    assertThat(state.champion().model()).isEqualTo(second.uri());
    assertThat(state.previous()).extracting(Release::model).isEqualTo(first.uri());
    assertThat(versions(candidates.dataset())).as("after request %d", request).isEqualTo(2);
    assertThat(aliases(candidates.dataset()))
        .as("after request %d", request)
        .isEqualTo(Map.of("champion", "2", "previous", "1"));
    return killed;
  }

  private static boolean runUntil(int request, Map<String, String> environment, String[] arguments)
      throws Exception {
    AtomicReference<Process> process = new AtomicReference<>();
    AtomicInteger requests = new AtomicInteger();
    AtomicBoolean killed = new AtomicBoolean();
    Runnable kill =
        () -> {
          killed.compareAndSet(false, process.get().isAlive());
          process.get().destroyForcibly();
        };
    URI s3 = URI.create(environment.get("AWS_ENDPOINT_URL_S3"));
    try (KillingProxy beforeS3 = new KillingProxy(s3, requests, request, kill);
        KillingProxy beforeMlflow =
            new KillingProxy(URI.create(MLFLOW.uri()), requests, request, kill)) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
      command.add(System.getProperty("java.class.path"));
      command.add(RegisterTask.class.getName());
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(environment);
      builder.environment().put("AWS_ENDPOINT_URL_S3", beforeS3.address());
      builder.environment().put("MLFLOW_TRACKING_URI", beforeMlflow.address());
      process.set(builder.start()); // its first request comes long after
      int code = process.get().waitFor();
      assertThat(killed.get() ? 0 : code).as("not killed at request %d", request).isZero();
    }
    return killed.get();
  }

  private static String[] arguments(Candidates candidates, Artifact evaluation) {
    return new String[] {
      "--dataset",
      candidates.specification(),
      "--evaluation",
      evaluation.uri().toString(),
      "--who",
      "the test"
    };
  }

  private static int versions(String name) throws IOException {
    return json("model-versions/search?filter=name%3D%27" + name + "%27")
        .get("model_versions")
        .size();
  }

  private static Map<String, String> aliases(String name) throws IOException {
    Map<String, String> aliases = new TreeMap<>();
    json("registered-models/get?name=" + name)
        .get("registered_model")
        .path("aliases")
        .forEach(alias -> aliases.put(alias.get("alias").asText(), alias.get("version").asText()));
    return aliases;
  }

  private static JsonNode json(String path) throws IOException {
    return new ObjectMapper().readTree(MLFLOW.get("/api/2.0/mlflow/" + path));
  }
}
