package dev.propensity.tasks.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.faults.EveryKill;
import dev.propensity.faults.Victim;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.MlflowServer;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * register in its own process, killed after the response to its first request to S3 or MLflow, its
 * second, and so on to its last; run again each time.
 */
@Tag("faults")
class RegisterKilledTest {
  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  @Test
  void makesOneEntryAndOneVersionWhereverItIsKilled() throws Exception {
    assertThat(killEverywhere(new Second())).isGreaterThan(10);
  }

  @Test
  void beginsALedgerOnceWhereverItIsKilled() throws Exception {
    assertThat(killEverywhere(new First())).isGreaterThan(10);
  }

  private static int killEverywhere(EveryKill.Trial trial) throws Exception {
    Victim victim =
        new Victim(
            RegisterTask.class,
            (environment, arguments) -> Task.run(new RegisterTask(), environment, arguments),
            Map.of(
                "AWS_ENDPOINT_URL_S3",
                S3.endpoint(),
                "MLFLOW_TRACKING_URI",
                URI.create(MLFLOW.uri())));
    return EveryKill.run(victim, trial);
  }

  /** The first model of a dataset, which is not in MLflow either. */
  private static final class First implements EveryKill.Trial {
    private Candidates candidates;
    private Artifact model;

    @Override
    public Map<String, String> environment(int kill) {
      candidates = new Candidates(S3.store());
      model = candidates.model("one");
      return RegisterKilledTest.environment();
    }

    @Override
    public String[] arguments(int kill) {
      return RegisterKilledTest.arguments(
          candidates, candidates.evaluation(model, Optional.empty(), Decision.RELEASE));
    }

    @Override
    public void runAgain(int kill) throws IOException {
      assertThat(register(arguments(kill))).isZero();
      LedgerEntry state =
          new ReleaseLedger(S3.store(), candidates.dataset()).latest().orElseThrow();
      assertThat(state.number()).as("after kill %d", kill).isEqualTo(1);
      assertThat(state.champion().model()).isEqualTo(model.uri());
      assertThat(versions(candidates.dataset())).as("after kill %d", kill).isEqualTo(1);
      assertThat(aliases(candidates.dataset()))
          .as("after kill %d", kill)
          .isEqualTo(Map.of("champion", "1"));
    }
  }

  /** Registers a better model while there is a champion. */
  private static final class Second implements EveryKill.Trial {
    private Candidates candidates;
    private Artifact first;
    private Artifact second;

    @Override
    public Map<String, String> environment(int kill) {
      candidates = new Candidates(S3.store());
      first = candidates.model("one");
      second = candidates.model("two");
      Artifact released = candidates.evaluation(first, Optional.empty(), Decision.RELEASE);
      assertThat(register(RegisterKilledTest.arguments(candidates, released))).isZero();
      return RegisterKilledTest.environment();
    }

    @Override
    public String[] arguments(int kill) {
      return RegisterKilledTest.arguments(
          candidates, candidates.evaluation(second, Optional.of(first), Decision.RELEASE));
    }

    @Override
    public void runAgain(int kill) throws IOException {
      assertThat(register(arguments(kill))).isZero();
      LedgerEntry state =
          new ReleaseLedger(S3.store(), candidates.dataset()).latest().orElseThrow();
      assertThat(state.number()).as("after kill %d", kill).isEqualTo(2);
      assertThat(state.versions()).isEqualTo(2);
      assertThat(state.champion().model()).isEqualTo(second.uri());
      assertThat(state.previous()).extracting(Release::model).isEqualTo(first.uri());
      assertThat(versions(candidates.dataset())).as("after kill %d", kill).isEqualTo(2);
      assertThat(aliases(candidates.dataset()))
          .as("after kill %d", kill)
          .isEqualTo(Map.of("champion", "2", "previous", "1"));
    }
  }

  private static int register(String[] arguments) {
    return Task.run(new RegisterTask(), environment(), arguments);
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("MLFLOW_TRACKING_URI", MLFLOW.uri());
    return environment;
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
