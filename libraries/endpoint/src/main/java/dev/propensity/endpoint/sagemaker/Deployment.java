package dev.propensity.endpoint.sagemaker;

import dev.propensity.endpoint.sagemaker.SageMakerSettings.Hosting;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sagemaker.model.Alarm;
import software.amazon.awssdk.services.sagemaker.model.AutoRollbackConfig;
import software.amazon.awssdk.services.sagemaker.model.BlueGreenUpdatePolicy;
import software.amazon.awssdk.services.sagemaker.model.CapacitySize;
import software.amazon.awssdk.services.sagemaker.model.CapacitySizeType;
import software.amazon.awssdk.services.sagemaker.model.DeploymentConfig;
import software.amazon.awssdk.services.sagemaker.model.TrafficRoutingConfig;
import software.amazon.awssdk.services.sagemaker.model.TrafficRoutingConfigType;

/** How traffic is shifted from the old fleet to the new one. */
final class Deployment {
  /** How long alarms are watched after each step, the canary's and that of all traffic. */
  private static final int BAKING_SECONDS = 300;

  /** How long the old fleet is kept after the new one has all traffic. */
  private static final int TERMINATION_SECONDS = 60;

  private static final int MAX_SECONDS = 3_600;

  private Deployment() {}

  /**
   * Blue/green: one instance of several takes traffic first; alarms roll it all back.
   *
   * @param instances of the smaller of both fleets: a canary is no more than half of one
   * @param back whether this is a rollback from a faulty model: then waits are short, and alarms
   *     that the faulty model raised do not stop it
   * @return null where it is serverless: SageMaker has no such setting there
   */
  static @Nullable DeploymentConfig of(
      Hosting hosting, String endpoint, int instances, boolean back) {
    if (hosting.serverless().isPresent()) {
      return null;
    }
    boolean canary = instances > 1 && !back;
    TrafficRoutingConfig.Builder routing =
        TrafficRoutingConfig.builder()
            .type(canary ? TrafficRoutingConfigType.CANARY : TrafficRoutingConfigType.ALL_AT_ONCE)
            .waitIntervalInSeconds(back ? 0 : BAKING_SECONDS);
    if (canary) {
      routing.canarySize(
          CapacitySize.builder().type(CapacitySizeType.INSTANCE_COUNT).value(1).build());
    }
    DeploymentConfig.Builder deployment =
        DeploymentConfig.builder()
            .blueGreenUpdatePolicy(
                BlueGreenUpdatePolicy.builder()
                    .trafficRoutingConfiguration(routing.build())
                    .terminationWaitInSeconds(back ? 0 : TERMINATION_SECONDS)
                    .maximumExecutionTimeoutInSeconds(MAX_SECONDS)
                    .build());
    List<String> alarms = hosting.alarms().getOrDefault(endpoint, List.of());
    if (!alarms.isEmpty() && !back) {
      deployment.autoRollbackConfiguration(
          AutoRollbackConfig.builder()
              .alarms(alarms.stream().map(name -> Alarm.builder().alarmName(name).build()).toList())
              .build());
    }
    return deployment.build();
  }
}
