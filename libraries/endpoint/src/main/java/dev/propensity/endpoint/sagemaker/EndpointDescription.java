package dev.propensity.endpoint.sagemaker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointConfigResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemaker.model.PendingDeploymentSummary;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantSummary;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** The state of an endpoint on SageMaker. */
final class EndpointDescription {
  private final DescribeEndpointResponse described;

  private EndpointDescription(DescribeEndpointResponse described) {
    this.described = described;
  }

  /** The current state; empty where there is no such endpoint. */
  static Optional<EndpointDescription> of(SageMakerClient client, String endpoint) {
    return SageMakerFailures.find(
            "the endpoint " + endpoint,
            () -> client.describeEndpoint(request -> request.endpointName(endpoint)))
        .map(EndpointDescription::new);
  }

  /** A resource's tags. */
  static Map<String, String> tags(SageMakerClient client, String arn) {
    return SageMakerFailures.call(
            "the tags of " + arn,
            () -> client.listTagsPaginator(request -> request.resourceArn(arn)))
        .tags()
        .stream()
        .collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b, TreeMap::new));
  }

  EndpointStatus status() {
    return described.endpointStatus();
  }

  /** Whether a change is in progress, during which no other can begin. */
  boolean isBusy() {
    return switch (status()) {
      case CREATING, UPDATING, SYSTEM_UPDATING, ROLLING_BACK, DELETING -> true;
      default -> false;
    };
  }

  boolean isInService() {
    return status() == EndpointStatus.IN_SERVICE;
  }

  String arn() {
    return described.endpointArn();
  }

  /** The name of the live configuration. */
  String configuration() {
    return described.endpointConfigName();
  }

  /** The name of the configuration of the change in progress; empty where there is none. */
  Optional<String> target() {
    if (status() == EndpointStatus.CREATING) {
      return Optional.of(configuration());
    }
    return Optional.ofNullable(described.pendingDeploymentSummary())
        .map(PendingDeploymentSummary::endpointConfigName);
  }

  /** SageMaker's reason why the last change failed. */
  Optional<String> failure() {
    return Optional.ofNullable(described.failureReason()).filter(text -> !text.isBlank());
  }

  /** The live configuration; empty where it was deleted. */
  Optional<DescribeEndpointConfigResponse> configuration(SageMakerClient client) {
    return SageMakerFailures.find(
        "the endpoint configuration " + configuration(),
        () ->
            client.describeEndpointConfig(request -> request.endpointConfigName(configuration())));
  }

  /** The desired number of instances; 0 where it is serverless or has none. */
  int instances() {
    return described.productionVariants().stream()
        .map(ProductionVariantSummary::desiredInstanceCount)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(0);
  }

  /** One line: the status and the progress of a change. */
  String summary() {
    String stages =
        Optional.ofNullable(described.pendingDeploymentSummary()).stream()
            .flatMap(pending -> pending.productionVariants().stream())
            .flatMap(variant -> variant.variantStatus().stream())
            .map(stage -> stage.statusAsString())
            .distinct()
            .collect(Collectors.joining(", "));
    return described.endpointStatusAsString() + (stages.isEmpty() ? "" : " (" + stages + ")");
  }

  /** How long to wait before looking again: shortly at first, then every ten seconds. */
  static Duration pause(int looks) {
    return Duration.ofMillis(Math.min(10_000, 250L << Math.min(looks / 4, 6)));
  }

  /** Statuses in which it is in service or can be updated. */
  static final List<EndpointStatus> CHANGEABLE =
      List.of(
          EndpointStatus.IN_SERVICE,
          EndpointStatus.OUT_OF_SERVICE,
          EndpointStatus.UPDATE_ROLLBACK_FAILED);
}
