package dev.propensity.tasks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.testing.TaskRun;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.LedgerEntry.Action;
import dev.propensity.tracking.Release;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deployments whose wait is someone else's, on the simulated account. */
class SageMakerWithoutWaitingTest {
  @RegisterExtension static final SageMakerAccount ACCOUNT = new SageMakerAccount();

  @TempDir Path folder;
  private SageMakerStage stage;

  @BeforeEach
  void anEmptyLedger(TestInfo test) {
    ACCOUNT.control("{\"clear\": {}}");
    String name = "waits-" + Integer.toHexString(test.getDisplayName().hashCode());
    stage = new SageMakerStage(ACCOUNT, name, folder);
  }

  @AfterEach
  void disconnect() {
    stage.close();
  }

  @Test
  void startsAChangeAndVerifiesItAfterItsEnd() throws Exception {
    LedgerEntry entry = stage.releases.release(stage.releases.model(1));
    TaskRun started = stage.deployWithoutWaiting(entry).succeeded();
    assertThat(started.status()).isEqualTo("waiting");
    assertThat(started.uri().toString()).isEqualTo(stage.releases.uri(entry));
    assertThat(started.result().at("/change/endpoint").asText())
        .isEqualTo("sagemaker:" + stage.endpoint());
    assertThat(begun(started)).isEqualTo(stage.described().endpointConfigName());
    assertThat(stage.deployWithoutWaiting(entry).result().path("change"))
        .as("the change that a cleared task had started")
        .isEqualTo(started.result().path("change"));

    stage.settled();
    TaskRun verified = stage.deployWithoutWaiting(entry, "--begun=" + begun(started)).succeeded();
    assertThat(verified).isEqualTo(stage.deploy(entry));
    assertThat(verified.status()).isEqualTo("done");
  }

  @Test
  @Tag("aws")
  void rollsBackAModelThatItsContainerRejectedMeanwhile() throws Exception {
    Release good = stage.releases.model(1);
    stage.deploy(stage.releases.release(good));
    String configuration = stage.described().endpointConfigName();
    LedgerEntry entry = stage.releases.release(stage.releases.faulty(2));
    TaskRun started = stage.deployWithoutWaiting(entry);
    assertThat(begun(started)).isNotEqualTo(configuration);

    stage.settled();
    TaskRun verified = stage.deployWithoutWaiting(entry, "--begun=" + begun(started));
    assertThat(verified.rejected()).contains("was rolled back").contains("version 1 is live");
    LedgerEntry last = stage.releases.ledger().latest().orElseThrow();
    assertThat(last.action()).isEqualTo(Action.ROLLED_BACK);
    assertThat(last.champion()).isEqualTo(good);
    assertThat(stage.described().endpointConfigName()).isEqualTo(configuration);
  }

  @Test
  @Tag("aws")
  void waitsForTheRollBackToo() throws Exception {
    Release good = stage.releases.model(1);
    stage.deploy(stage.releases.release(good));
    LedgerEntry entry = stage.releases.release(stage.releases.model(2));
    ACCOUNT.control("{\"failing\": {\"share\": 1.0}}");
    TaskRun started = stage.deployWithoutWaiting(entry);
    stage.settled();
    TaskRun back = stage.deployWithoutWaiting(entry, "--begun=" + begun(started)).succeeded();
    assertThat(back.status()).isEqualTo("waiting");
    assertThat(stage.releases.ledger().champion()).contains(good);

    stage.settled();
    TaskRun verified = stage.deployWithoutWaiting(entry, "--begun=" + begun(back));
    assertThat(verified.rejected()).contains("was rolled back").contains("version 1 is live");
  }

  private static String begun(TaskRun run) {
    return run.result().at("/change/begun").asText();
  }
}
