package dev.propensity.tasks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.faults.EveryKill;
import dev.propensity.faults.Victim;
import dev.propensity.task.Task;
import dev.propensity.testing.TaskRun;
import dev.propensity.tracking.LedgerEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** deploy killed at its exchanges with an AWS account and run again, and run twice at once. */
@Tag("aws")
class SageMakerKilledTest {
  @RegisterExtension static final SageMakerAccount ACCOUNT = new SageMakerAccount();

  /** Of some fifty exchanges every third at most: each kill starts servers and takes seconds. */
  private static final int STRIDE = 3;

  @TempDir Path folder;

  @Test
  void createsOneEndpointWhereverItIsKilled() throws Exception {
    assertThat(EveryKill.run(victim(), new SageMakerTrial(false), STRIDE)).isGreaterThan(30);
  }

  @Test
  void updatesOnceWhereverItIsKilled() throws Exception {
    assertThat(EveryKill.run(victim(), new SageMakerTrial(true), STRIDE)).isGreaterThan(30);
  }

  @Test
  void agreesWithAnotherThatDoesTheSameAtOnce() throws Exception {
    try (SageMakerStage stage = stage()) {
      Files.createDirectory(folder.resolve(stage.name));
      LedgerEntry first = stage.releases.release(stage.releases.model(1));
      bothDeploy(stage, first);
      bothDeploy(stage, stage.releases.release(stage.releases.model(2)));
      assertThat(stage.configurations()).hasSize(2);
    }
  }

  private static void bothDeploy(SageMakerStage stage, LedgerEntry entry) throws Exception {
    CompletableFuture<TaskRun> other = CompletableFuture.supplyAsync(() -> deployed(stage, entry));
    TaskRun one = stage.deploy(entry);
    assertThat(one.exit()).as(one.reason()).isZero();
    assertThat(other.get()).isEqualTo(one);
  }

  private static TaskRun deployed(SageMakerStage stage, LedgerEntry entry) {
    try {
      return stage.deploy(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Victim victim() {
    return new Victim(
        DeployTask.class,
        (environment, arguments) -> Task.run(new DeployTask(), environment, arguments),
        Map.of("AWS_ENDPOINT_URL", ACCOUNT.address()));
  }

  private SageMakerStage stage() {
    String name = "offers-" + UUID.randomUUID().toString().substring(0, 8);
    return new SageMakerStage(ACCOUNT, name, folder.resolve(name));
  }

  /** Deploys a first or second release to an endpoint. */
  private final class SageMakerTrial implements EveryKill.Trial {
    private final boolean second;
    private SageMakerStage stage;
    private LedgerEntry entry;

    SageMakerTrial(boolean second) {
      this.second = second;
    }

    @Override
    public Map<String, String> environment(int kill) throws Exception {
      if (stage != null) {
        stage.client().deleteEndpoint(delete -> delete.endpointName(stage.endpoint()));
        stage.close();
      }
      stage = stage();
      Files.createDirectory(folder.resolve(stage.name));
      entry = stage.releases.release(stage.releases.model(1));
      if (second) {
        assertThat(stage.deploy(entry).exit()).isZero();
        entry = stage.releases.release(stage.releases.model(2));
      }
      return stage.environment();
    }

    @Override
    public String[] arguments(int kill) {
      return new String[] {
        "--release", stage.releases.uri(entry), "--endpoint", "sagemaker:" + stage.endpoint()
      };
    }

    @Override
    public void runAgain(int kill) throws Exception {
      TaskRun deployed = stage.deploy(entry);
      assertThat(deployed.exit()).as("after kill %d: %s", kill, deployed.reason()).isZero();
      assertThat(stage.configurations()).as("after kill %d", kill).hasSize(second ? 2 : 1);
      assertThat(stage.models()).as("after kill %d", kill).hasSize(second ? 2 : 1);
      assertThat(stage.releases.ledger().latest()).contains(entry);
    }
  }
}
