package dev.propensity.endpoint.sagemaker;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.EndpointConfigSortKey;
import software.amazon.awssdk.services.sagemaker.model.ModelSortKey;
import software.amazon.awssdk.services.sagemaker.model.OrderKey;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;

/**
 * Deletes an endpoint's old configurations and models. Keeps the newest, for a rollback, those in
 * use, and all without this endpoint's tags.
 */
final class Pruning {
  private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);

  private final SageMakerClient client;
  private final SageMakerSettings settings;
  private final String endpoint;
  private final String prefix;

  /**
   * @param dataset the dataset's name with its origin
   */
  Pruning(SageMakerClient client, SageMakerSettings settings, String endpoint, String dataset) {
    this.client = client;
    this.settings = settings;
    this.endpoint = endpoint;
    this.prefix = HostedModel.prefix(settings, dataset) + "-";
  }

  /** A resource that was found by its name. */
  private record NamedResource(String name, String arn) {}

  /**
   * Deletes what is old, unless the endpoint is being changed. The model is already live, so a
   * failure is only logged as a warning and retried by the next deployment.
   *
   * @param inUse the live configuration
   */
  void run(String inUse) {
    try {
      if (EndpointDescription.of(client, endpoint)
          .filter(EndpointDescription::isBusy)
          .isPresent()) {
        return; // another deployment's change, perhaps to an old configuration
      }
      Set<String> models = new HashSet<>();
      int kept = 1; // the one in use
      for (NamedResource one : own(configurations())) {
        boolean stays = one.name().equals(inUse);
        if (!stays && kept < settings.hosting().keep()) {
          kept++;
          stays = true;
        }
        if (stays) {
          models.addAll(modelsOf(one.name()));
        } else {
          delete(one, () -> client.deleteEndpointConfig(d -> d.endpointConfigName(one.name())));
        }
      }
      List<NamedResource> all = own(models());
      for (NamedResource one : all.subList(Math.min(1, all.size()), all.size())) {
        if (!models.contains(one.name())) { // the newest may be another deployment's, in progress
          delete(one, () -> client.deleteModel(d -> d.modelName(one.name())));
        }
      }
    } catch (UnavailableException | UserException e) {
      LOG.warn("{}: old configurations and models stay: {}", endpoint, e.getMessage());
    }
  }

  private void delete(NamedResource one, Runnable request) {
    SageMakerFailures.find(
        one.name(),
        () -> {
          request.run();
          LOG.info("deleted {}, which is old", one.arn());
          return true;
        });
  }

  private List<String> modelsOf(String configuration) {
    return SageMakerFailures.find(
            "the endpoint configuration " + configuration,
            () ->
                client.describeEndpointConfig(request -> request.endpointConfigName(configuration)))
        .map(
            there -> there.productionVariants().stream().map(ProductionVariant::modelName).toList())
        .orElse(List.of());
  }

  private List<NamedResource> own(List<NamedResource> found) {
    return found.stream()
        .filter(one -> one.name().startsWith(prefix))
        .filter(
            one -> {
              Map<String, String> tags = EndpointDescription.tags(client, one.arn());
              return endpoint.equals(tags.get(HostedModel.ENDPOINT))
                  && settings.stage().equals(tags.get(SageMakerSettings.ENVIRONMENT));
            })
        .toList();
  }

  /** The newest first. */
  private List<NamedResource> configurations() {
    return SageMakerFailures.call(
        "the endpoint configurations",
        () -> {
          List<NamedResource> found = new ArrayList<>();
          client
              .listEndpointConfigsPaginator(
                  request ->
                      request
                          .nameContains(prefix)
                          .sortBy(EndpointConfigSortKey.CREATION_TIME)
                          .sortOrder(OrderKey.DESCENDING))
              .endpointConfigs()
              .forEach(
                  one ->
                      found.add(
                          new NamedResource(one.endpointConfigName(), one.endpointConfigArn())));
          return found;
        });
  }

  /** The newest first. */
  private List<NamedResource> models() {
    return SageMakerFailures.call(
        "the models",
        () -> {
          List<NamedResource> found = new ArrayList<>();
          client
              .listModelsPaginator(
                  request ->
                      request
                          .nameContains(prefix)
                          .sortBy(ModelSortKey.CREATION_TIME)
                          .sortOrder(OrderKey.DESCENDING))
              .models()
              .forEach(one -> found.add(new NamedResource(one.modelName(), one.modelArn())));
          return found;
        });
  }
}
