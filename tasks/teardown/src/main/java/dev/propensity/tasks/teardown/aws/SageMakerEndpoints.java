package dev.propensity.tasks.teardown.aws;

import dev.propensity.tasks.teardown.resource.Backoff;
import dev.propensity.tasks.teardown.resource.Cost;
import dev.propensity.tasks.teardown.resource.Prices;
import dev.propensity.tasks.teardown.resource.Resource;
import dev.propensity.tasks.teardown.resource.ResourceType;
import dev.propensity.tasks.teardown.resource.ScanResult;
import dev.propensity.tasks.teardown.resource.Stage;
import dev.propensity.tasks.teardown.resource.TaggedArns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantSummary;

/** SageMaker's endpoints. */
public final class SageMakerEndpoints implements ResourceType {
  private final SageMakerClient client;
  private final Stage stage;
  private final Prices prices;

  public SageMakerEndpoints(SageMakerClient client, Stage stage, Prices prices) {
    this.client = client;
    this.stage = stage;
    this.prices = prices;
  }

  @Override
  public String plural() {
    return "endpoints";
  }

  @Override
  public ScanResult find(TaggedArns tagged) {
    Map<String, String> arns = new TreeMap<>();
    client.listEndpointsPaginator(list -> list.nameContains(stage.prefix())).stream()
        .flatMap(page -> page.endpoints().stream())
        .forEach(endpoint -> arns.put(endpoint.endpointName(), endpoint.endpointArn()));
    tagged
        .names("sagemaker:endpoint")
        .forEach(name -> describe(name).ifPresent(there -> arns.put(name, there.endpointArn())));
    ScanResult result = new ScanResult(stage);
    SageMakerTags tags = new SageMakerTags(client);
    arns.forEach(
        (name, arn) ->
            tags.of(arn)
                .ifPresent(its -> result.add(name, its, () -> Optional.of(resource(name)))));
    return result;
  }

  @Override
  public void delete(Resource resource) {
    if (describe(resource.id()).map(SageMakerEndpoints::isDeleting).orElse(true)) {
      return;
    }
    SageMakerErrors.unlessGoneOrBusy(
        () -> client.deleteEndpoint(delete -> delete.endpointName(resource.id())));
  }

  // One that is being created or updated is deleted after that has finished.
  @Override
  public void await(Resource resource, Duration timeout) {
    new Backoff(timeout)
        .untilGone(
            resource.name(),
            () -> describe(resource.id()).map(DescribeEndpointResponse::endpointStatusAsString),
            () -> delete(resource));
  }

  private static boolean isDeleting(DescribeEndpointResponse endpoint) {
    return endpoint.endpointStatus() == EndpointStatus.DELETING;
  }

  private Optional<DescribeEndpointResponse> describe(String name) {
    return SageMakerErrors.unlessGone(
        () -> client.describeEndpoint(describe -> describe.endpointName(name)));
  }

  private Resource resource(String name) {
    Optional<DescribeEndpointResponse> there = describe(name);
    Map<String, String> types =
        there.map(endpoint -> types(endpoint.endpointConfigName())).orElse(Map.of());
    List<ProductionVariantSummary> variants =
        there.map(DescribeEndpointResponse::productionVariants).orElse(List.of());
    Cost cost = Cost.NOTHING;
    for (ProductionVariantSummary variant : variants) {
      String type = types.get(variant.variantName());
      if (type != null) {
        cost = cost.plus(prices.instances(type, instances(variant)));
      }
    }
    String machines =
        variants.stream()
            .map(v -> machines(types.get(v.variantName()), instances(v)))
            .collect(Collectors.joining(", "));
    String status =
        there.map(DescribeEndpointResponse::endpointStatusAsString).orElse("deleted meanwhile");
    return new Resource(name, name, machines.isEmpty() ? status : status + ", " + machines, cost);
  }

  /** Instance types by variant; a serverless variant has none. */
  private Map<String, String> types(String configuration) {
    return SageMakerErrors.unlessGone(
            () -> client.describeEndpointConfig(one -> one.endpointConfigName(configuration)))
        .stream()
        .flatMap(there -> there.productionVariants().stream())
        .filter(variant -> variant.instanceTypeAsString() != null)
        .collect(
            Collectors.toMap(
                ProductionVariant::variantName, ProductionVariant::instanceTypeAsString));
  }

  private static String machines(@Nullable String type, int count) {
    return type == null ? "serverless" : count + " × " + type;
  }

  // The count is missing while an endpoint is created.
  private static int instances(ProductionVariantSummary variant) {
    Integer count = variant.currentInstanceCount();
    Integer desired = variant.desiredInstanceCount();
    return Math.max(count == null ? 0 : count, desired == null ? 0 : desired);
  }
}
