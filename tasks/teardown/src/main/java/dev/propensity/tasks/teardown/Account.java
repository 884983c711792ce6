package dev.propensity.tasks.teardown;

import dev.propensity.aws.AwsConnection;
import dev.propensity.storage.s3.S3Buckets;
import dev.propensity.tasks.teardown.aws.Buckets;
import dev.propensity.tasks.teardown.aws.EcsTasks;
import dev.propensity.tasks.teardown.aws.Images;
import dev.propensity.tasks.teardown.aws.SageMakerEndpoints;
import dev.propensity.tasks.teardown.aws.SageMakerEntries;
import dev.propensity.tasks.teardown.aws.ScalableTargets;
import dev.propensity.tasks.teardown.aws.TrainingJobs;
import dev.propensity.tasks.teardown.resource.Prices;
import dev.propensity.tasks.teardown.resource.ResourceType;
import dev.propensity.tasks.teardown.resource.Stage;
import dev.propensity.tasks.teardown.resource.TaggedArns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/** The AWS account of the environment variables, in one region. */
final class Account implements AutoCloseable {
  private final SageMakerClient sagemaker;
  private final ApplicationAutoScalingClient scaling;
  private final EcrClient ecr;
  private final EcsClient ecs;
  private final CloudWatchClient cloudwatch;
  private final KmsClient kms;
  private final ResourceGroupsTaggingApiClient tagging;
  private final S3Buckets buckets;

  /**
   * @param environment variables with the SDK's names
   */
  Account(Map<String, String> environment) {
    AwsConnection connection =
        new AwsConnection(
            name -> Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty()));
    sagemaker = connection.client(SageMakerClient.builder(), "sagemaker");
    scaling = connection.client(ApplicationAutoScalingClient.builder(), "application_auto_scaling");
    ecr = connection.client(EcrClient.builder(), "ecr");
    ecs = connection.client(EcsClient.builder(), "ecs");
    cloudwatch = connection.client(CloudWatchClient.builder(), "cloudwatch");
    kms = connection.client(KmsClient.builder(), "kms");
    tagging =
        connection.client(ResourceGroupsTaggingApiClient.builder(), "resource_groups_tagging_api");
    buckets = new S3Buckets(environment);
  }

  /** The region that is scanned. */
  String region() {
    return sagemaker.serviceClientConfiguration().region().id();
  }

  /** The current result of the tagging API. */
  TaggedArns tagged(Stage stage) {
    return TaggedArns.of(tagging, stage);
  }

  /**
   * The resource types of a stage, in the order of their deletion.
   *
   * @param named buckets to scan even if the tagging API does not return them
   * @param withState whether to delete the bucket of Terraform's state too
   */
  List<ResourceType> types(Stage stage, List<String> named, boolean withState) {
    Prices prices = new Prices();
    return List.of(
        new ScalableTargets(scaling, sagemaker, stage),
        new SageMakerEndpoints(sagemaker, stage, prices),
        SageMakerEntries.configurations(sagemaker, stage),
        SageMakerEntries.models(sagemaker, stage),
        new TrainingJobs(sagemaker, stage, prices),
        new EcsTasks(ecs, stage, prices),
        new Images(ecr, stage, prices),
        new Buckets(buckets, stage, prices, named, withState));
  }

  /** Checks whether resources returned by the tagging API still exist. */
  TerraformLeftovers terraformLeftovers(Stage stage) {
    Prices prices = new Prices();
    return new TerraformLeftovers(
        new Buckets(buckets, stage, prices, List.of(), false),
        new Images(ecr, stage, prices),
        new EcsTasks(ecs, stage, prices),
        cloudwatch,
        kms);
  }

  @Override
  public void close() {
    sagemaker.close();
    scaling.close();
    ecr.close();
    ecs.close();
    cloudwatch.close();
    kms.close();
    tagging.close();
    buckets.close();
  }
}
