package dev.propensity.tasks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.faults.EveryKill;
import dev.propensity.faults.Victim;
import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import dev.propensity.tasks.serve.Releases;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.LedgerEntry.Action;
import dev.propensity.tracking.MlflowServer;
import dev.propensity.tracking.Release;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** deploy killed at each of its exchanges with S3 and MLflow, and run again. */
@Tag("faults")
class DeployKilledTest {
  /** No release has this number. */
  private static final int NONE = 99;

  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  @TempDir static Path folder;

  private static Release good;
  private static Release other;

  @BeforeAll
  static void trainTwo() throws IOException {
    Releases models = new Releases(S3.store(), "offers", folder);
    good = models.model(1);
    other = models.model(2);
  }

  @Test
  void verifiesTheChampionAndChangesNothingWhereverItIsKilled() throws Exception {
    assertThat(killEverywhere(new DeployTrial(NONE))).isGreaterThan(2);
  }

  @Test
  void rollsBackOnceWhereverItIsKilled() throws Exception {
    assertThat(killEverywhere(new DeployTrial(2))).isGreaterThan(10);
  }

  private static int killEverywhere(EveryKill.Trial trial) throws Exception {
    Victim victim =
        new Victim(
            DeployTask.class,
            (environment, arguments) -> Task.run(new DeployTask(), environment, arguments),
            Map.of(
                "AWS_ENDPOINT_URL_S3",
                S3.endpoint(),
                "MLFLOW_TRACKING_URI",
                URI.create(MLFLOW.uri())));
    return EveryKill.run(victim, trial);
  }

  /** Deploys a second release to an endpoint that scores one release's rows wrongly, or none. */
  private final class DeployTrial implements EveryKill.Trial {
    private final int lies;
    private Releases releases;
    private LedgerEntry second;
    private WrongScoresEndpoint endpoint;

    DeployTrial(int lies) {
      this.lies = lies;
    }

    @Override
    public Map<String, String> environment(int kill) throws IOException {
      String name = "offers-" + UUID.randomUUID().toString().substring(0, 8);
      releases = new Releases(S3.store(), name, folder);
      releases.release(good);
      second = releases.release(other);
      if (endpoint != null) {
        endpoint.close();
      }
      endpoint = new WrongScoresEndpoint(releases.ledger(), new RecordedScores(S3.store()), lies);
      return DeployKilledTest.environment();
    }

    @Override
    public String[] arguments(int kill) {
      return new String[] {"--release", releases.uri(second), "--endpoint", endpoint.address()};
    }

    @Override
    public int exit() {
      return lies == NONE ? 0 : 2;
    }

    @Override
    public void runAgain(int kill) throws IOException {
      int exit = Task.run(new DeployTask(), DeployKilledTest.environment(), arguments(kill));
      assertThat(exit).as("after kill %d", kill).isEqualTo(exit());
      LedgerEntry state = releases.ledger().latest().orElseThrow();
      if (lies == NONE) {
        assertThat(state).as("after kill %d", kill).isEqualTo(second);
        return;
      }
      assertThat(state.number()).as("after kill %d", kill).isEqualTo(3);
      assertThat(state.action()).isEqualTo(Action.ROLLED_BACK);
      assertThat(state.champion()).isEqualTo(good);
      assertThat(state.holds(second.subject().digest())).isTrue();
      assertThat(state.why()).contains("sample row 1 scores 2.0");
      assertThat(versions(releases.ledger().name())).as("after kill %d", kill).isEqualTo(2);
      assertThat(aliases(releases.ledger().name()))
          .as("after kill %d", kill)
          .isEqualTo(Map.of("champion", "1"));
    }
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("MLFLOW_TRACKING_URI", MLFLOW.uri());
    return environment;
  }

  private static int versions(String name) throws IOException {
    return json("model-versions/search?filter=name%3D%27" + name + "%27")
        .path("model_versions")
        .size();
  }

  private static Map<String, String> aliases(String name) throws IOException {
    Map<String, String> aliases = new TreeMap<>();
    json("registered-models/get?name=" + name)
        .path("registered_model")
        .path("aliases")
        .forEach(alias -> aliases.put(alias.get("alias").asText(), alias.get("version").asText()));
    return aliases;
  }

  private static JsonNode json(String path) throws IOException {
    return new ObjectMapper().readTree(MLFLOW.get("/api/2.0/mlflow/" + path));
  }
}
