package dev.propensity.endpoint.sagemaker;

import dev.propensity.endpoint.sagemaker.SageMakerSettings.Hosting;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sagemaker.model.CaptureContentTypeHeader;
import software.amazon.awssdk.services.sagemaker.model.CaptureMode;
import software.amazon.awssdk.services.sagemaker.model.CaptureOption;
import software.amazon.awssdk.services.sagemaker.model.ContainerDefinition;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointConfigRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateModelRequest;
import software.amazon.awssdk.services.sagemaker.model.DataCaptureConfig;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantServerlessConfig;
import software.amazon.awssdk.services.sagemaker.model.Tag;
import software.amazon.awssdk.services.sagemaker.model.VpcConfig;

/**
 * A model as SageMaker hosts it: its SageMaker model and endpoint configuration. Both are named by
 * the digest of their content, so that an equal name means equal content.
 *
 * @param endpoint the endpoint's name
 * @param dataset the dataset's name with its origin
 * @param data the location of the model's package
 * @param capturePercent of the requests, which SageMaker stores; 0 for none
 */
record HostedModel(
    String endpoint,
    String dataset,
    Release release,
    S3Location data,
    SageMakerSettings settings,
    int capturePercent) {
  /** The endpoint's one production variant. */
  static final String VARIANT = "model";

  static final String DATASET = "propensity:dataset";
  static final String ENDPOINT = "propensity:endpoint";
  static final String MODEL = "propensity:model";

  private static final int MAX_NAME_LENGTH = 63;
  private static final int DIGITS = 16;
  private static final Pattern NO_NAME = Pattern.compile("[^a-zA-Z0-9]+");

  /** The prefix of the names of a dataset's models and configurations. */
  static String prefix(SageMakerSettings settings, String dataset) {
    String all = NO_NAME.matcher("propensity-" + settings.stage() + "-" + dataset).replaceAll("-");
    return all.substring(0, Math.min(all.length(), MAX_NAME_LENGTH - DIGITS - 1))
        .replaceAll("-$", "");
  }

  /** The SageMaker model's name. */
  String modelName() {
    return named(modelContent());
  }

  /** The endpoint configuration's name. */
  String configurationName() {
    SortedMap<String, Object> content = new TreeMap<>();
    Hosting hosting = settings.hosting();
    content.put("model", modelName());
    content.put("instance_type", hosting.instanceType());
    content.put("instances", hosting.instances());
    hosting.serverless().ifPresent(size -> content.put("serverless", size));
    capture()
        .ifPresent(
            place -> {
              content.put("capture", place);
              content.put("capture_percent", capturePercent);
            });
    return named(content);
  }

  private SortedMap<String, Object> modelContent() {
    SortedMap<String, Object> content = new TreeMap<>();
    content.put("endpoint", endpoint);
    content.put("image", settings.image());
    content.put("data", data.toString());
    content.put("role", settings.role());
    content.put("subnets", settings.subnets());
    content.put("security_groups", settings.securityGroups());
    content.put("serverless", serverless());
    return content;
  }

  private String named(SortedMap<String, Object> content) {
    return prefix(settings, dataset) + "-" + CanonicalJson.digest(content).abbreviated(DIGITS);
  }

  private Optional<String> capture() {
    return settings.hosting().capture().filter(place -> capturePercent > 0);
  }

  private boolean serverless() {
    return settings.hosting().serverless().isPresent();
  }

  /**
   * The request that creates the SageMaker model. The container needs no network and is isolated
   * where possible.
   */
  CreateModelRequest model() {
    CreateModelRequest.Builder model =
        CreateModelRequest.builder()
            .modelName(modelName())
            .executionRoleArn(settings.role())
            .primaryContainer(
                ContainerDefinition.builder()
                    .image(settings.image())
                    .modelDataUrl(data.toString())
                    .build())
            .tags(modelTags());
    if (!serverless()) { // which has neither
      model.enableNetworkIsolation(true);
      if (!settings.subnets().isEmpty()) {
        model.vpcConfig(
            VpcConfig.builder()
                .subnets(settings.subnets())
                .securityGroupIds(settings.securityGroups())
                .build());
      }
    }
    return model.build();
  }

  /** The request that creates the endpoint configuration. */
  CreateEndpointConfigRequest configuration() {
    Hosting hosting = settings.hosting();
    ProductionVariant.Builder variant =
        ProductionVariant.builder()
            .variantName(VARIANT)
            .modelName(modelName())
            .initialVariantWeight(1f);
    hosting
        .serverless()
        .ifPresentOrElse(
            size ->
                variant.serverlessConfig(
                    ProductionVariantServerlessConfig.builder()
                        .memorySizeInMB(size.memoryMb())
                        .maxConcurrency(size.maxConcurrency())
                        .build()),
            () ->
                variant
                    .instanceType(hosting.instanceType())
                    .initialInstanceCount(hosting.instances()));
    return CreateEndpointConfigRequest.builder()
        .endpointConfigName(configurationName())
        .productionVariants(variant.build())
        .dataCaptureConfig(capture().map(this::captureConfig).orElse(null))
        .tags(modelTags())
        .build();
  }

  private DataCaptureConfig captureConfig(String place) {
    return DataCaptureConfig.builder()
        .enableCapture(true)
        .initialSamplingPercentage(capturePercent)
        .destinationS3Uri(place)
        .captureOptions(
            CaptureOption.builder().captureMode(CaptureMode.INPUT).build(),
            CaptureOption.builder().captureMode(CaptureMode.OUTPUT).build())
        .captureContentTypeHeader(
            CaptureContentTypeHeader.builder()
                .jsonContentTypes("application/json")
                .csvContentTypes("text/csv")
                .build())
        .build();
  }

  /** The tags of the endpoint, which outlives its models. */
  static List<Tag> tags(SageMakerSettings settings, String dataset) {
    SortedMap<String, String> tags = new TreeMap<>(settings.tags());
    tags.put(DATASET, dataset);
    return listed(tags);
  }

  private List<Tag> modelTags() {
    SortedMap<String, String> tags = new TreeMap<>(settings.tags());
    tags.put(DATASET, dataset);
    tags.put(ENDPOINT, endpoint);
    tags.put(MODEL, release.digest().hex());
    return listed(tags);
  }

  private static List<Tag> listed(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
