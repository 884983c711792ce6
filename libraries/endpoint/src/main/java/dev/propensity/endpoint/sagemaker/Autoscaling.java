package dev.propensity.endpoint.sagemaker;

import dev.propensity.endpoint.sagemaker.SageMakerSettings.Hosting;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.PredefinedMetricSpecification;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.TargetTrackingScalingPolicyConfiguration;

/**
 * The number of an endpoint's instances, which follows the invocations of each. An existing
 * registration and the current number of instances stay as they are.
 */
final class Autoscaling {
  private static final Logger LOG = LoggerFactory.getLogger(Autoscaling.class);
  private static final ServiceNamespace SAGEMAKER = ServiceNamespace.SAGEMAKER;
  private static final ScalableDimension COUNT =
      ScalableDimension.SAGEMAKER_VARIANT_DESIRED_INSTANCE_COUNT;

  private final SageMakerClients clients;
  private final String endpoint;
  private final String resource;
  private final String about;

  Autoscaling(SageMakerClients clients, String endpoint) {
    this.clients = clients;
    this.endpoint = endpoint;
    this.resource = "endpoint/" + endpoint + "/variant/" + HostedModel.VARIANT;
    this.about = "the scaling of " + endpoint;
  }

  /** Registers the scaling of the settings, where it is missing or different. */
  void apply(Hosting hosting) {
    if (!hosting.scales()) {
      remove();
      return;
    }
    List<ScalableTarget> targets = targets();
    boolean registered =
        targets.stream()
            .anyMatch(
                target ->
                    target.minCapacity() == hosting.instances()
                        && target.maxCapacity() == hosting.maxInstances());
    if (!registered) {
      SageMakerFailures.call(
          about,
          () ->
              client()
                  .registerScalableTarget(
                      register ->
                          register
                              .serviceNamespace(SAGEMAKER)
                              .resourceId(resource)
                              .scalableDimension(COUNT)
                              .minCapacity(hosting.instances())
                              .maxCapacity(hosting.maxInstances())));
      LOG.info(
          "{}: scales from {} to {} instances",
          endpoint,
          hosting.instances(),
          hosting.maxInstances());
    }
    TargetTrackingScalingPolicyConfiguration desired = tracking(hosting);
    if (policies().stream().noneMatch(policy -> isThis(policy, desired))) {
      SageMakerFailures.call(
          about,
          () ->
              client()
                  .putScalingPolicy(
                      put ->
                          put.serviceNamespace(SAGEMAKER)
                              .resourceId(resource)
                              .scalableDimension(COUNT)
                              .policyName(policyName())
                              .policyType(PolicyType.TARGET_TRACKING_SCALING)
                              .targetTrackingScalingPolicyConfiguration(desired)));
    }
  }

  /** Removes the registration, which SageMaker requires before the instance type changes. */
  void remove() {
    if (targets().isEmpty()) {
      return;
    }
    SageMakerFailures.find(
        about,
        () ->
            client()
                .deregisterScalableTarget( // and its policies with it
                    deregister ->
                        deregister
                            .serviceNamespace(SAGEMAKER)
                            .resourceId(resource)
                            .scalableDimension(COUNT)));
    LOG.info("{}: autoscaling removed", endpoint);
  }

  private static boolean isThis(
      ScalingPolicy policy, TargetTrackingScalingPolicyConfiguration desired) {
    TargetTrackingScalingPolicyConfiguration there =
        policy.targetTrackingScalingPolicyConfiguration();
    return there != null
        && Objects.equals(there.targetValue(), desired.targetValue())
        && Objects.equals(
            there.predefinedMetricSpecification(), desired.predefinedMetricSpecification());
  }

  private static TargetTrackingScalingPolicyConfiguration tracking(Hosting hosting) {
    return TargetTrackingScalingPolicyConfiguration.builder()
        .targetValue((double) hosting.invocationsPerInstance())
        .predefinedMetricSpecification(
            PredefinedMetricSpecification.builder()
                .predefinedMetricType(MetricType.SAGE_MAKER_VARIANT_INVOCATIONS_PER_INSTANCE)
                .build())
        .build();
  }

  private String policyName() {
    return endpoint + "-invocations";
  }

  private List<ScalableTarget> targets() {
    return SageMakerFailures.call(
        about,
        () ->
            client()
                .describeScalableTargets(
                    request ->
                        request
                            .serviceNamespace(SAGEMAKER)
                            .resourceIds(resource)
                            .scalableDimension(COUNT))
                .scalableTargets());
  }

  private List<ScalingPolicy> policies() {
    return SageMakerFailures.call(
        about,
        () ->
            client()
                .describeScalingPolicies(
                    request ->
                        request
                            .serviceNamespace(SAGEMAKER)
                            .resourceId(resource)
                            .scalableDimension(COUNT))
                .scalingPolicies());
  }

  private ApplicationAutoScalingClient client() {
    return clients.scaling();
  }
}
