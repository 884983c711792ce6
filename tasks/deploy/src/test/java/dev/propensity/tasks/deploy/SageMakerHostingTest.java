package dev.propensity.tasks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.testing.TaskRun;
import dev.propensity.tracking.LedgerEntry;
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
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.sagemaker.model.DesiredWeightAndCapacity;

/** A stage's hosting settings, deployed to the simulated account. */
@Tag("aws")
class SageMakerHostingTest {
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
  void bringsAnotherImageAndKeepsTheNumberOfInstances() throws Exception {
    LedgerEntry entry = stage.releases.release(stage.releases.model(1));
    stage.deploy(entry);
    try (var scaling = ACCOUNT.scaling()) {
      var targets =
          scaling
              .describeScalableTargets(ask -> ask.serviceNamespace("sagemaker"))
              .scalableTargets();
      assertThat(targets)
          .filteredOn(target -> target.resourceId().contains(stage.endpoint() + "/"))
          .singleElement()
          .satisfies(
              target -> {
                assertThat(target.minCapacity()).isEqualTo(1);
                assertThat(target.maxCapacity()).isEqualTo(4);
              });
    }
    suspendScalingIn();
    stage
        .client()
        .updateEndpointWeightsAndCapacities(
            update ->
                update
                    .endpointName(stage.endpoint())
                    .desiredWeightsAndCapacities(
                        DesiredWeightAndCapacity.builder()
                            .variantName("model")
                            .desiredInstanceCount(3)
                            .build()));
    stage.image = stage.image.replace("sha256:0", "sha256:1");
    TaskRun deployed = stage.deploy(entry);
    assertThat(deployed.exit()).as(deployed.reason()).isZero();
    assertThat(stage.configurations()).hasSize(2);
    assertThat(stage.described().productionVariants().get(0).currentInstanceCount()).isEqualTo(3);
    ACCOUNT.control("{\"unhealthy\": {}}");
    stage.image = stage.image.replace("sha256:1", "sha256:2");
    TaskRun run = stage.deploy(entry);
    assertThat(run.rejected())
        .contains("was not updated to version 1, the old configuration stays live")
        .contains("did not pass the ping health check");
    assertThat(stage.releases.ledger().latest()).contains(entry);
  }

  @Test
  void changesTheKindAndTheNumberOfInstances() throws Exception {
    LedgerEntry entry = stage.releases.release(stage.releases.model(1));
    stage.deploy(entry);
    for (Map<String, Object> change :
        List.<Map<String, Object>>of(
            Map.of("instance_type", "ml.c5.large"),
            Map.of("instance_type", "ml.t2.medium", "instances", 2),
            Map.of("instances", 3),
            Map.of("instance_type", "ml.m5.large"))) {
      stage.hosting.putAll(change);
      TaskRun deployed = stage.deploy(entry);
      assertThat(deployed.exit()).as("%s: %s", change, deployed.reason()).isZero();
      assertThat(stage.described().productionVariants().get(0).desiredInstanceCount())
          .as("%s", change)
          .isEqualTo(stage.hosting.get("instances"));
    }
  }

  @Test
  void keepsTheLastConfigurationsAndModels() throws Exception {
    stage.hosting.put("keep", 2);
    for (int seed = 1; seed <= 4; seed++) {
      TaskRun deployed = stage.deploy(stage.releases.release(stage.releases.model(seed)));
      assertThat(deployed.exit()).as(deployed.reason()).isZero();
    }
    assertThat(stage.configurations()).hasSize(2).contains(stage.described().endpointConfigName());
    assertThat(stage.models()).hasSize(2);
  }

  @Test
  void servesWithoutInstancesWhereTheSettingsSay() throws Exception {
    stage.hosting.put("serverless", Map.of("memory_mb", 2048, "max_concurrency", 5));
    LedgerEntry entry = stage.releases.release(stage.releases.model(1));
    TaskRun deployed = stage.deploy(entry);
    assertThat(deployed.exit()).as(deployed.reason()).isZero();
    assertThat(stage.deploy(stage.releases.release(stage.releases.model(2))).exit()).isZero();
    assertThat(
            stage
                .described()
                .productionVariants()
                .get(0)
                .currentServerlessConfig()
                .memorySizeInMB())
        .isEqualTo(2048);
    stage.hosting.remove("serverless");
    TaskRun run = stage.deploy(entry);
    assertThat(run.rejected()).contains("is serverless, which SageMaker does not change");
  }

  /** Keeps the number of instances without requests. */
  private void suspendScalingIn() {
    try (var scaling = ACCOUNT.scaling()) {
      scaling.registerScalableTarget(
          register ->
              register
                  .serviceNamespace(ServiceNamespace.SAGEMAKER)
                  .scalableDimension(ScalableDimension.SAGEMAKER_VARIANT_DESIRED_INSTANCE_COUNT)
                  .resourceId("endpoint/" + stage.endpoint() + "/variant/model")
                  .suspendedState(state -> state.dynamicScalingInSuspended(true)));
    }
  }
}
