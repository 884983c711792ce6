package dev.propensity.endpoint.sagemaker;

import dev.propensity.endpoint.EndpointState;
import dev.propensity.endpoint.EndpointState.RejectedRelease;
import dev.propensity.foundation.UserException;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.LedgerEntry.Action;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.DeleteEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointConfigResponse;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.UpdateEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.VariantProperty;
import software.amazon.awssdk.services.sagemaker.model.VariantPropertyType;

/** The operations on an endpoint, each of one or a few requests; each may be repeated. */
final class EndpointOperations {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointOperations.class);

  private final SageMakerClients clients;
  private final SageMakerSettings settings;
  private final String endpoint;
  private final ModelPackage packages;
  private final Autoscaling scaling;
  private final String dataset;

  /**
   * @param dataset the dataset's name with its origin
   */
  EndpointOperations(
      SageMakerClients clients,
      SageMakerSettings settings,
      String endpoint,
      String dataset,
      ModelPackage packages) {
    this.clients = clients;
    this.settings = settings;
    this.endpoint = endpoint;
    this.dataset = dataset;
    this.packages = packages;
    this.scaling = new Autoscaling(clients, endpoint);
  }

  /**
   * Creates the endpoint.
   *
   * @return whether this call created it; false where another process did
   */
  boolean create(HostedModel desired) {
    makeParts(desired);
    LOG.info("{}: creating it with version {}", endpoint, desired.release().version());
    return SageMakerFailures.create(
        "the endpoint " + endpoint,
        () ->
            client()
                .createEndpoint(
                    CreateEndpointRequest.builder()
                        .endpointName(endpoint)
                        .endpointConfigName(desired.configurationName())
                        .tags(HostedModel.tags(settings, dataset))
                        .build()));
  }

  /**
   * Updates the endpoint; the old fleet serves until the new one has passed its checks.
   *
   * @return whether this call began the update; false where another change is in progress
   */
  boolean update(EndpointDescription description, HostedModel desired, LedgerEntry entry) {
    Optional<ProductionVariant> old =
        description.configuration(client()).map(there -> there.productionVariants().get(0));
    requireSameKind(old, desired);
    makeParts(desired);
    boolean back = entry.action() == Action.ROLLED_BACK;
    boolean scales = settings.hosting().scales();
    if (!scales || !old.map(ProductionVariant::instanceTypeAsString).equals(typeOf(desired))) {
      scaling.remove();
    }
    LOG.info("{}: updating it to version {}", endpoint, desired.release().version());
    Integer count = old.map(ProductionVariant::initialInstanceCount).orElse(null);
    boolean resized = !scales && count != null && count != settings.hosting().instances();
    int fewest =
        resized
            ? Math.min(description.instances(), settings.hosting().instances())
            : description.instances();
    UpdateEndpointRequest.Builder update =
        UpdateEndpointRequest.builder()
            .endpointName(endpoint)
            .endpointConfigName(desired.configurationName())
            .deploymentConfig(Deployment.of(settings.hosting(), endpoint, fewest, back));
    if (settings.hosting().serverless().isEmpty()) {
      update.retainAllVariantProperties(true);
      if (resized) {
        update.excludeRetainedVariantProperties(
            VariantProperty.builder()
                .variantPropertyType(VariantPropertyType.DESIRED_INSTANCE_COUNT)
                .build());
      }
    }
    return SageMakerFailures.begin(
        "the endpoint " + endpoint, () -> client().updateEndpoint(update.build()));
  }

  private static Optional<String> typeOf(HostedModel desired) {
    return Optional.of(desired.settings().hosting().instanceType()).filter(type -> !type.isEmpty());
  }

  private void requireSameKind(Optional<ProductionVariant> old, HostedModel desired) {
    boolean was = old.isPresent() && old.get().serverlessConfig() != null;
    boolean will = desired.settings().hosting().serverless().isPresent();
    if (old.isPresent() && was != will) {
      throw new UserException(
          endpoint
              + (was ? " is serverless" : " has instances")
              + ", which SageMaker does not change: delete the endpoint, and deploy again");
    }
  }

  private void makeParts(HostedModel desired) {
    packages.make(desired.release());
    SageMakerFailures.create(
        "the model " + desired.modelName(), () -> client().createModel(desired.model()));
    SageMakerFailures.create(
        "the endpoint configuration " + desired.configurationName(),
        () -> client().createEndpointConfig(desired.configuration()));
  }

  /** Starts to delete the endpoint. */
  void delete() {
    scaling.remove();
    LOG.info("{}: deleting it", endpoint);
    SageMakerFailures.begin(
        "the endpoint " + endpoint,
        () ->
            client()
                .deleteEndpoint(DeleteEndpointRequest.builder().endpointName(endpoint).build()));
  }

  /** The steps after the desired model is live. */
  void finish(HostedModel desired) {
    scaling.apply(settings.hosting());
    new Pruning(client(), settings, endpoint, dataset).run(desired.configurationName());
  }

  /**
   * Checks that the endpoint belongs to this dataset.
   *
   * @throws UserException if the endpoint is none of this stage's
   */
  Optional<EndpointState> belongsToAnother(EndpointDescription description) {
    if (description.isBusy()) {
      return Optional.empty(); // nothing is done to it yet
    }
    Map<String, String> tags = EndpointDescription.tags(client(), description.arn());
    if (!settings.stage().equals(tags.get(SageMakerSettings.ENVIRONMENT))) {
      throw new UserException(
          endpoint
              + " is none of this stage's endpoints: it has no tag "
              + SageMakerSettings.ENVIRONMENT
              + "="
              + settings.stage());
    }
    String other = tags.getOrDefault(HostedModel.DATASET, "");
    return other.equals(dataset)
        ? Optional.empty()
        : Optional.of(new EndpointState(other, 0, null, null));
  }

  /** The state of an endpoint in service. */
  EndpointState servedState(
      EndpointDescription description, int release, @Nullable RejectedRelease rejected) {
    return new EndpointState(
        dataset, release, modelOf(client(), description).orElse(null), rejected);
  }

  /** The state where no model is live. */
  EndpointState emptyState(@Nullable String name, int release) {
    return new EndpointState(name, release, null, null);
  }

  /** The digest of the model that an endpoint's configuration names; empty where there is none. */
  static Optional<String> modelOf(SageMakerClient client, EndpointDescription description) {
    return description
        .configuration(client)
        .map(DescribeEndpointConfigResponse::endpointConfigArn)
        .map(arn -> EndpointDescription.tags(client, arn).get(HostedModel.MODEL));
  }

  private SageMakerClient client() {
    return clients.control();
  }
}
