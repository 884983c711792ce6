package dev.propensity.tasks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.testing.TaskRun;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.LedgerEntry.Action;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseActions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;

/** Deployments to a stage's SageMaker endpoints, on the simulated account. */
class SageMakerDeployTest {
  @RegisterExtension static final SageMakerAccount ACCOUNT = new SageMakerAccount();

  @TempDir Path folder;
  private SageMakerStage stage;

  @BeforeEach
  void anEmptyLedger(TestInfo test) {
    ACCOUNT.control("{\"clear\": {}}");
    String name = "offers-" + Integer.toHexString(test.getDisplayName().hashCode());
    stage = new SageMakerStage(ACCOUNT, name, folder);
  }

  @AfterEach
  void disconnect() {
    stage.close();
  }

  @Test
  void createsTheEndpointAndUpdatesItByWhatTheLedgerSays() throws Exception {
    LedgerEntry first = stage.releases.release(stage.releases.model(1));
    TaskRun created = stage.deploy(first);
    assertThat(created.exit()).as(created.reason()).isZero();
    assertThat(created.reason())
        .isEqualTo(
            "sagemaker:%s: version 1 is live, and its sample rows score as recorded, release 1"
                .formatted(stage.endpoint()));
    String configuration = stage.described().endpointConfigName();
    assertThat(configuration).matches(stage.endpoint() + "-[0-9a-f]{16}");

    assertThat(stage.deploy(first)).isEqualTo(created);
    assertThat(stage.configurations()).containsExactly(configuration);

    LedgerEntry second = stage.releases.release(stage.releases.model(2));
    TaskRun updated = stage.deploy(second);
    assertThat(updated.exit()).as(updated.reason()).isZero();
    assertThat(updated.reason()).contains("version 2 is live");
    assertThat(stage.described().endpointConfigName()).isNotEqualTo(configuration);
    assertThat(stage.configurations()).hasSize(2);
    assertThat(stage.models()).hasSize(2);
    assertThat(stage.described().dataCaptureConfig()).isNull();
  }

  @Test
  @Tag("aws")
  void goesBackAfterAPersonsRollBack() throws Exception {
    LedgerEntry first = stage.releases.release(stage.releases.model(1));
    stage.deploy(first);
    String configuration = stage.described().endpointConfigName();
    LedgerEntry second = stage.releases.release(stage.releases.model(2));
    stage.deploy(second);
    LedgerEntry back =
        new ReleaseActions(stage.releases.ledger())
            .rollBack(second.champion(), "ada", "complaints");
    TaskRun deployed = stage.deploy(back);
    assertThat(deployed.exit()).as(deployed.reason()).isZero();
    assertThat(deployed.reason()).contains("version 1 is live");
    assertThat(stage.described().endpointConfigName()).isEqualTo(configuration);
  }

  @Test
  void rollsBackAModelThatItsContainerRejects() throws Exception {
    Release good = stage.releases.model(1);
    stage.deploy(stage.releases.release(good));
    String configuration = stage.described().endpointConfigName();
    LedgerEntry entry = stage.releases.release(stage.releases.faulty(2));
    TaskRun deployed = stage.deploy(entry);
    assertThat(deployed.rejected())
        .startsWith("version 2 of " + stage.name + " was rolled back: The primary container")
        .contains("did not pass the ping health check")
        .contains("version 1 is live");
    LedgerEntry last = stage.releases.ledger().latest().orElseThrow();
    assertThat(last.action()).isEqualTo(Action.ROLLED_BACK);
    assertThat(last.champion()).isEqualTo(good);
    assertThat(stage.described().endpointConfigName()).isEqualTo(configuration);
    assertThat(stage.deploy(entry)).isEqualTo(deployed);
  }

  @Test
  @Tag("aws")
  void deletesTheEndpointOfAFirstModelThatItsContainerRejects() throws Exception {
    LedgerEntry entry = stage.releases.release(stage.releases.faulty(1));
    TaskRun deployed = stage.deploy(entry);
    assertThat(deployed.rejected()).contains("no model is live: there is no champion");
    assertThat(stage.client().listEndpoints(ask -> ask.nameContains(stage.name)).endpoints())
        .isEmpty();

    LedgerEntry second = stage.releases.release(stage.releases.model(2));
    assertThat(stage.deploy(second).reason()).contains("version 2 is live");
  }

  @Test
  @Tag("aws")
  void rollsBackAModelThatSetsAnAlarmOff() throws Exception {
    String alarm = stage.endpoint() + "-5xx";
    ACCOUNT.alarm(alarm, "OK");
    stage.hosting.put("alarms", Map.of(stage.endpoint(), List.of(alarm)));
    stage.hosting.put("instances", 2);
    Release good = stage.releases.model(1);
    stage.deploy(stage.releases.release(good));
    LedgerEntry entry = stage.releases.release(stage.releases.model(2));
    ACCOUNT.alarm(alarm, "ALARM");
    TaskRun deployed = stage.deploy(entry);
    assertThat(deployed.rejected())
        .contains("One or more configured alarm(s) have tripped: [" + alarm + "]")
        .contains("version 1 is live");
    assertThat(stage.releases.ledger().champion()).contains(good);
  }

  @Test
  @Tag("aws")
  void rollsBackAModelWhoseContainerFailsAtTheSampleRows() throws Exception {
    Release good = stage.releases.model(1);
    stage.deploy(stage.releases.release(good));
    String configuration = stage.described().endpointConfigName();
    LedgerEntry entry = stage.releases.release(stage.releases.model(2));
    ACCOUNT.control("{\"failing\": {\"share\": 1.0}}");
    TaskRun deployed = stage.deploy(entry);
    assertThat(deployed.rejected())
        .startsWith("version 2 of " + stage.name + " was rolled back: sagemaker:")
        .contains("returned 500")
        .contains("version 1 is live");
    assertThat(stage.releases.ledger().champion()).contains(good);
    assertThat(stage.described().endpointConfigName()).isEqualTo(configuration);
  }

  @Test
  @Tag("aws")
  void triesAgainWhereSageMakerIsAtFault() throws Exception {
    Release good = stage.releases.model(1);
    stage.deploy(stage.releases.release(good));
    String configuration = stage.described().endpointConfigName();
    LedgerEntry entry = stage.releases.release(stage.releases.model(2));
    ACCOUNT.control("{\"midway\": {}}");
    assertThat(stage.deploy(entry).exit()).isEqualTo(1);
    assertThat(stage.releases.ledger().latest()).contains(entry);
    assertThat(stage.described().endpointConfigName()).isEqualTo(configuration);
    TaskRun deployed = stage.deploy(entry);
    assertThat(deployed.exit()).as(deployed.reason()).isZero();
  }

  @Test
  void asksAPersonForHigherLimits() throws Exception {
    stage.hosting.put("instances", 30);
    stage.hosting.put("max_instances", 30);
    LedgerEntry entry = stage.releases.release(stage.releases.model(1));
    TaskRun deployed = stage.deploy(entry);
    assertThat(deployed.rejected()).contains("ResourceLimitExceeded").contains("Service Quotas");
    assertThat(stage.releases.ledger().latest()).contains(entry);
  }

  @Test
  @Tag("aws")
  void outlastsThrottlingAndLostAnswers() throws Exception {
    LedgerEntry entry = stage.releases.release(stage.releases.model(1));
    for (String operation :
        List.of("CreateModel", "CreateEndpointConfig", "CreateEndpoint", "DescribeEndpoint")) {
      ACCOUNT.control("{\"throttle\": {\"operation\": \"%s\", \"times\": 2}}".formatted(operation));
      ACCOUNT.control("{\"lose\": {\"operation\": \"%s\"}}".formatted(operation));
    }
    TaskRun created = stage.deploy(entry);
    assertThat(created.exit()).as(created.reason()).isZero();
    ACCOUNT.control("{\"lose\": {\"operation\": \"UpdateEndpoint\"}}");
    TaskRun updated = stage.deploy(stage.releases.release(stage.releases.model(2)));
    assertThat(updated.exit()).as(updated.reason()).isZero();
  }

  @Test
  @Tag("aws")
  void createsAnEndpointAnewThatFailed() throws Exception {
    LedgerEntry entry = stage.releases.release(stage.releases.model(1));
    ACCOUNT.control(
        "{\"fail\": {\"operation\": \"CreateEndpoint\", \"code\": \"AccessDeniedException\"}}");
    TaskRun run = stage.deploy(entry);
    assertThat(run.rejected()).contains("AccessDeniedException for the endpoint");
    ACCOUNT.control("{\"unhealthy\": {}}");
    // Created by another client, so that it is found in its failed state.
    stage
        .client()
        .createEndpoint(
            create ->
                create
                    .endpointName(stage.endpoint())
                    .endpointConfigName(stage.configurations().get(0))
                    .tags(
                        tag("propensity:environment", "dev"),
                        tag("propensity:dataset", stage.name)));
    while (stage.described().endpointStatus() != EndpointStatus.FAILED) {
      Thread.sleep(50);
    }
    TaskRun deployed = stage.deploy(entry);
    assertThat(deployed.exit()).as(deployed.reason()).isZero();
  }

  @Test
  @Tag("aws")
  void leavesAnEndpointAloneThatIsNotTheStagesOrTheDatasets() throws Exception {
    LedgerEntry entry = stage.releases.release(stage.releases.model(1));
    stage.deploy(entry);
    try (SageMakerStage other =
        new SageMakerStage(ACCOUNT, stage.name + "-b", folder.resolve("model-1"))) {
      LedgerEntry others = other.releases.release(other.releases.model(1));
      TaskRun deployed = stage.deploy(other.releases.uri(others), other.name);
      assertThat(deployed.rejected()).endsWith("serves " + stage.name + ", not " + other.name);
    }
    stage
        .client()
        .deleteTags(
            d -> d.resourceArn(stage.described().endpointArn()).tagKeys("propensity:environment"));
    TaskRun deployed = stage.deploy(entry);
    assertThat(deployed.rejected()).contains("has no tag propensity:environment=dev");
  }

  @Test
  @Tag("aws")
  void goesOnLaterWhereItTimesOut() throws Exception {
    stage.timeout = 0;
    LedgerEntry entry = stage.releases.release(stage.releases.model(1));
    assertThat(stage.deploy(entry).exit()).isEqualTo(1);
    assertThat(stage.described().endpointStatus()).isEqualTo(EndpointStatus.CREATING);
    stage.timeout = 60;
    TaskRun deployed = stage.deploy(entry);
    assertThat(deployed.exit()).as(deployed.reason()).isZero();
    assertThat(stage.configurations()).hasSize(1);
  }

  private static software.amazon.awssdk.services.sagemaker.model.Tag tag(String key, String value) {
    return software.amazon.awssdk.services.sagemaker.model.Tag.builder()
        .key(key)
        .value(value)
        .build();
  }
}
