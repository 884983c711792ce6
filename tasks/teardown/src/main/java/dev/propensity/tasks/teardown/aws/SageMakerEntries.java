package dev.propensity.tasks.teardown.aws;

import dev.propensity.tasks.teardown.resource.Cost;
import dev.propensity.tasks.teardown.resource.Resource;
import dev.propensity.tasks.teardown.resource.ResourceType;
import dev.propensity.tasks.teardown.resource.ScanResult;
import dev.propensity.tasks.teardown.resource.Stage;
import dev.propensity.tasks.teardown.resource.TaggedArns;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.SageMakerResponse;

/** Resources that SageMaker deletes immediately: models and endpoint configurations. */
public final class SageMakerEntries implements ResourceType {
  private final String plural;
  private final String type;
  private final Stage stage;
  private final SageMakerTags tags;
  private final Consumer<BiConsumer<String, String>> list;
  private final UnaryOperator<String> arn;
  private final Function<String, SageMakerResponse> delete;

  private SageMakerEntries(
      String plural,
      String type,
      Stage stage,
      SageMakerTags tags,
      Consumer<BiConsumer<String, String>> list,
      UnaryOperator<String> arn,
      Function<String, SageMakerResponse> delete) {
    this.plural = plural;
    this.type = type;
    this.stage = stage;
    this.tags = tags;
    this.list = list;
    this.arn = arn;
    this.delete = delete;
  }

  public static ResourceType models(SageMakerClient client, Stage stage) {
    return new SageMakerEntries(
        "models",
        "sagemaker:model",
        stage,
        new SageMakerTags(client),
        consumer ->
            client.listModelsPaginator(request -> request.nameContains(stage.prefix())).stream()
                .flatMap(page -> page.models().stream())
                .forEach(model -> consumer.accept(model.modelName(), model.modelArn())),
        name -> client.describeModel(request -> request.modelName(name)).modelArn(),
        name -> client.deleteModel(request -> request.modelName(name)));
  }

  public static ResourceType configurations(SageMakerClient client, Stage stage) {
    return new SageMakerEntries(
        "endpoint configurations",
        "sagemaker:endpoint-config",
        stage,
        new SageMakerTags(client),
        consumer ->
            client
                .listEndpointConfigsPaginator(request -> request.nameContains(stage.prefix()))
                .stream()
                .flatMap(page -> page.endpointConfigs().stream())
                .forEach(one -> consumer.accept(one.endpointConfigName(), one.endpointConfigArn())),
        name ->
            client
                .describeEndpointConfig(request -> request.endpointConfigName(name))
                .endpointConfigArn(),
        name -> client.deleteEndpointConfig(request -> request.endpointConfigName(name)));
  }

  @Override
  public String plural() {
    return plural;
  }

  @Override
  public ScanResult find(TaggedArns tagged) {
    Map<String, String> arns = new TreeMap<>();
    list.accept(arns::put);
    tagged
        .names(type)
        .forEach(
            name ->
                SageMakerErrors.unlessGone(() -> arn.apply(name))
                    .ifPresent(its -> arns.put(name, its)));
    ScanResult result = new ScanResult(stage);
    arns.forEach(
        (name, its) ->
            tags.of(its)
                .ifPresent(
                    all ->
                        result.add(
                            name,
                            all,
                            () -> Optional.of(new Resource(name, name, "", Cost.NOTHING)))));
    return result;
  }

  @Override
  public void delete(Resource resource) {
    SageMakerErrors.unlessGone(() -> delete.apply(resource.id()));
  }
}
