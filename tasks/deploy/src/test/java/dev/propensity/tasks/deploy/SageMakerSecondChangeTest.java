package dev.propensity.tasks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.EndpointState;
import dev.propensity.endpoint.sagemaker.SageMakerEndpoint;
import dev.propensity.tasks.serve.Releases;
import dev.propensity.testing.TaskRun;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseActions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deployments that wait for a change of the endpoint while something else changes it, too. */
@Tag("aws")
class SageMakerSecondChangeTest {
  @RegisterExtension static final SageMakerAccount ACCOUNT = SageMakerAccount.ofRecordedScores();

  private static final List<Release> MODELS = new ArrayList<>();

  @TempDir static Path folder;
  private SageMakerStage stage;
  private LedgerEntry first;

  @BeforeAll
  static void train() throws IOException {
    Releases models = new Releases(ACCOUNT.store(), "offers", folder);
    for (int seed = 1; seed <= 3; seed++) {
      MODELS.add(models.model(seed));
    }
  }

  @BeforeEach
  void aLiveModel(TestInfo test) throws Exception {
    ACCOUNT.control("{\"clear\": {}}");
    String name = "second-" + Integer.toHexString(test.getDisplayName().hashCode());
    stage = new SageMakerStage(ACCOUNT, name, folder);
    first = release(1);
    stage.deploy(first).succeeded();
  }

  @AfterEach
  void disconnect() {
    stage.close();
  }

  @Test
  void bothEndWithTheModelThatWasReleasedLast() throws Exception {
    hold(true);
    LedgerEntry second = release(2);
    TaskRun one = stage.deployWithoutWaiting(second).succeeded();
    LedgerEntry third = release(3);
    TaskRun other = stage.deployWithoutWaiting(third).succeeded();
    assertThat(SageMakerStage.begun(other))
        .as("SageMaker rejects a second change, so it waits for the first")
        .isEqualTo(SageMakerStage.begun(one));

    hold(false);
    stage.settled();
    other = stage.deployAgain(third, other).succeeded();
    assertThat(other.status()).isEqualTo("waiting");
    String configuration = SageMakerStage.begun(other);
    assertThat(configuration).isNotEqualTo(SageMakerStage.begun(one));
    one = stage.deployAgain(second, one).succeeded();
    assertThat(SageMakerStage.begun(one)).isEqualTo(configuration);

    assertProven(third, stage.deployToTheEnd(third, other), "");
    assertProven(third, stage.deployToTheEnd(second, one), "version 2 is no longer the champion; ");
    assertThat(stage.described().endpointConfigName()).isEqualTo(configuration);
  }

  @Test
  void leavesAModelLiveThatWasReleasedAndDeployedMeanwhile() throws Exception {
    LedgerEntry second = release(2);
    TaskRun waiting = stage.deployWithoutWaiting(second).succeeded();
    LedgerEntry third = release(3);
    assertProven(third, stage.deploy(third), "");
    String configuration = stage.described().endpointConfigName();

    TaskRun ended = stage.deployAgain(second, waiting);
    assertProven(third, ended, "version 2 is no longer the champion; ");
    assertThat(stage.described().endpointConfigName()).isEqualTo(configuration);
  }

  @Test
  void goesBackToTheModelBeforeItWhereAPersonRollsItBackMeanwhile() throws Exception {
    String configuration = stage.described().endpointConfigName();
    LedgerEntry second = release(2);
    TaskRun waiting = stage.deployWithoutWaiting(second).succeeded();
    new ReleaseActions(stage.releases.ledger()).rollBack(second.champion(), "ada", "complaints");
    TaskRun ended = stage.deployToTheEnd(second, waiting).succeeded();
    assertThat(ended.reason())
        .startsWith("version 2 is no longer the champion; ")
        .contains("version 1 is live");
    assertThat(stage.described().endpointConfigName()).isEqualTo(configuration);
  }

  @Test
  void blamesNoModelForTheFailureOfAnother() throws Exception {
    ACCOUNT.control("{\"unhealthy\": {}}");
    hold(true);
    LedgerEntry second = release(2);
    TaskRun one = stage.deployWithoutWaiting(second).succeeded();
    LedgerEntry third = release(3);
    TaskRun other = stage.deployWithoutWaiting(third).succeeded();
    hold(false);
    stage.settled();
    assertThat(stage.described().failureReason()).contains("ping health check");

    assertProven(third, stage.deployToTheEnd(third, other), "");
    assertProven(third, stage.deployToTheEnd(second, one), "version 2 is no longer the champion; ");
    assertThat(stage.releases.ledger().latest()).contains(third);
  }

  @Test
  void createsAnEndpointThatWasDeletedMeanwhile() throws Exception {
    LedgerEntry second = release(2);
    TaskRun waiting = stage.deployWithoutWaiting(second).succeeded();
    stage.settled();
    stage.delete();
    TaskRun created = stage.deployAgain(second, waiting).succeeded();
    assertProven(second, stage.deployToTheEnd(second, created), "");
  }

  @Test
  void triesAgainAChangeThatWasRolledBackThroughNoFaultOfTheModel() throws Exception {
    LedgerEntry second = release(2);
    ACCOUNT.control("{\"midway\": {}}");
    TaskRun waiting = stage.deployWithoutWaiting(second).succeeded();
    stage.settled();
    TaskRun failed = stage.deployAgain(second, waiting);
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(stage.releases.ledger().latest()).contains(second);
    TaskRun again = stage.deployWithoutWaiting(second).succeeded();
    assertProven(second, stage.deployToTheEnd(second, again), "");
  }

  @Test
  void reportsTheFailureOfAChangeToARunThatWaitsByItselfNow() throws Exception {
    ACCOUNT.control("{\"unhealthy\": {}}");
    LedgerEntry second = release(2);
    TaskRun waiting = stage.deployWithoutWaiting(second).succeeded();
    stage.settled();
    String begun = "--begun=" + SageMakerStage.begun(waiting);
    Instant changed = stage.described().lastModifiedTime();
    TaskRun ended = stage.deploy(stage.releases.uri(second), stage.name, begun);
    assertThat(ended.rejected()).contains("was rolled back").contains("version 1 is live");
    assertThat(stage.described().lastModifiedTime()).as("no second try").isEqualTo(changed);
  }

  @Test
  void namesTheChangeThatAnotherRunHasBegunAMomentBefore() throws Exception {
    LedgerEntry second = release(2);
    ACCOUNT.control(
        """
        {"fail": {"operation": "UpdateEndpoint", "code": "ValidationException",
                  "message": "Cannot update in-progress endpoint \\"x\\"."}}\
        """);
    TaskRun waiting = stage.deployWithoutWaiting(second).succeeded();
    assertThat(SageMakerStage.begun(waiting)).startsWith(stage.endpoint());
    assertProven(second, stage.deployToTheEnd(second, waiting), "");
  }

  @Test
  void deletesNoEndpointThatAnotherRunHasJustCreated() throws Exception {
    LedgerEntry none =
        new ReleaseActions(stage.releases.ledger()).rollBack(first.champion(), "ada", "complaints");
    stage.deploy(none).succeeded();
    LedgerEntry second = release(2);
    TaskRun waiting = stage.deployWithoutWaiting(second).succeeded();

    Map<String, String> environment = stage.environment();
    try (Endpoint stale =
        new SageMakerEndpoint(
            stage.endpoint(), key -> Optional.ofNullable(environment.get(key)), ACCOUNT::store)) {
      EndpointState live = stale.deploy(none, Duration.ofMinutes(1));
      assertThat(live.digest()).isEqualTo(second.champion().digest().hex());
      assertThat(live.release()).as("of no entry, so that the ledger is read again").isZero();
    }
    assertProven(second, stage.deployAgain(second, waiting), "");
  }

  private LedgerEntry release(int version) {
    return stage.releases.release(MODELS.get(version - 1));
  }

  private static void hold(boolean on) {
    ACCOUNT.control("{\"hold\": {\"on\": %s}}".formatted(on));
  }

  private void assertProven(LedgerEntry live, TaskRun ended, String before) {
    Release champion = live.champion();
    ended.succeeded();
    assertThat(ended.status()).isEqualTo("done");
    assertThat(ended.uri()).hasToString(stage.releases.uri(live));
    assertThat(ended.reason())
        .isEqualTo(
            "%ssagemaker:%s: version %d is live, and its sample rows score as recorded, release %d"
                .formatted(before, stage.endpoint(), champion.version(), live.number()));
    assertThat(ended.result().get("version").asInt()).isEqualTo(champion.version());
    assertThat(stage.releases.ledger().latest()).contains(live);
  }
}
