package dev.propensity.tasks.teardown;

import dev.propensity.aws.AwsConnection;
import dev.propensity.storage.SimulatedAccount;
import dev.propensity.tasks.teardown.resource.Stage;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.Tag;
import software.amazon.awssdk.services.sagemaker.model.TrainingInputMode;

/** Creates a stage's resources in a simulated account, and lists its resources by name. */
final class SeededAccount implements AutoCloseable {
  private static final String IMAGE =
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev@sha256:" + "0".repeat(64);
  private static final String ROLE = "arn:aws:iam::123456789012:role/propensity-dev-sagemaker";
  private static final String DIGITS = "0123456789abcdef";

  private final SageMakerClient sagemaker;
  private final ApplicationAutoScalingClient scaling;
  private final EcrClient ecr;
  private final CloudWatchClient cloudwatch;
  private final KmsClient kms;
  private final S3Client s3;

  SeededAccount(SimulatedAccount account) {
    AwsConnection connection = account.connection();
    sagemaker = connection.client(SageMakerClient.builder(), "sagemaker");
    scaling = connection.client(ApplicationAutoScalingClient.builder(), "scaling");
    ecr = connection.client(EcrClient.builder(), "ecr");
    cloudwatch = connection.client(CloudWatchClient.builder(), "cloudwatch");
    kms = connection.client(KmsClient.builder(), "kms");
    s3 = connection.client(S3Client.builder().forcePathStyle(true), "s3");
  }

  static Map<String, String> tags(String stage) {
    return new Stage(stage).tags();
  }

  /** An endpoint with all of its resources. */
  void endpoint(String name, Map<String, String> tags) {
    String entry = name + "-" + DIGITS;
    sagemaker.createModel(
        create ->
            create
                .modelName(entry)
                .executionRoleArn(ROLE)
                .primaryContainer(container -> container.image(IMAGE))
                .tags(sagemakerTags(tags)));
    ProductionVariant variant =
        ProductionVariant.builder()
            .variantName("model")
            .modelName(entry)
            .initialInstanceCount(1)
            .initialVariantWeight(1f)
            .instanceType("ml.m5.large")
            .build();
    sagemaker.createEndpointConfig(
        create ->
            create.endpointConfigName(entry).productionVariants(variant).tags(sagemakerTags(tags)));
    sagemaker.createEndpoint(
        create -> create.endpointName(name).endpointConfigName(entry).tags(sagemakerTags(tags)));
    scaling.registerScalableTarget(
        register ->
            register
                .serviceNamespace(ServiceNamespace.SAGEMAKER)
                .resourceId("endpoint/" + name + "/variant/model")
                .scalableDimension("sagemaker:variant:DesiredInstanceCount")
                .minCapacity(1)
                .maxCapacity(4));
  }

  /** A training job that runs for this many seconds. */
  void trainingJob(String name, int seconds, Map<String, String> tags) {
    sagemaker.createTrainingJob(
        create ->
            create
                .trainingJobName(name)
                .roleArn(ROLE)
                .hyperParameters(Map.of("seconds", Integer.toString(seconds)))
                .algorithmSpecification(
                    image -> image.trainingImage(IMAGE).trainingInputMode(TrainingInputMode.FILE))
                .outputDataConfig(to -> to.s3OutputPath("s3://propensity-dev-123456789012/results"))
                .resourceConfig(
                    on -> on.instanceType("ml.m5.large").instanceCount(1).volumeSizeInGB(30))
                .stoppingCondition(stop -> stop.maxRuntimeInSeconds(3600))
                .tags(sagemakerTags(tags)));
  }

  /** A versioned bucket with contents. */
  void bucket(String name, Map<String, String> tags) {
    s3.createBucket(
        create ->
            create.bucket(name).createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
    s3.putBucketVersioning(
        put ->
            put.bucket(name)
                .versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
    if (!tags.isEmpty()) {
      s3.putBucketTagging(
          put ->
              put.bucket(name)
                  .tagging(
                      all ->
                          all.tagSet(
                              tags.entrySet().stream()
                                  .map(
                                      tag ->
                                          software.amazon.awssdk.services.s3.model.Tag.builder()
                                              .key(tag.getKey())
                                              .value(tag.getValue())
                                              .build())
                                  .toList())));
    }
    fill(name);
  }

  /** Objects, versions, a delete marker and an unfinished upload: five of them. */
  void fill(String name) {
    for (String key : List.of("store/a", "store/a", "results/b")) {
      s3.putObject(put -> put.bucket(name).key(key), RequestBody.fromString(key));
    }
    s3.deleteObject(delete -> delete.bucket(name).key("results/b"));
    s3.createMultipartUpload(create -> create.bucket(name).key("data/half"));
  }

  void deleteBucket(String name) {
    s3.deleteBucket(delete -> delete.bucket(name));
  }

  /** A repository with one image. */
  void repository(String name, Map<String, String> tags) {
    ecr.createRepository(
        create ->
            create
                .repositoryName(name)
                .tags(
                    tags.entrySet().stream()
                        .map(
                            tag ->
                                software.amazon.awssdk.services.ecr.model.Tag.builder()
                                    .key(tag.getKey())
                                    .value(tag.getValue())
                                    .build())
                        .toList()));
    String manifest =
        """
        {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
         "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 1,
                    "digest": "sha256:%s"}, "layers": []}"""
            .formatted("0".repeat(64));
    ecr.putImage(put -> put.repositoryName(name).imageManifest(manifest).imageTag("1"));
  }

  /** An alarm, as created by Terraform. */
  void alarm(String name, Map<String, String> tags) {
    cloudwatch.putMetricAlarm(
        put ->
            put.alarmName(name)
                .namespace("AWS/SageMaker")
                .metricName("Invocation5XXErrors")
                .statistic("Sum")
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator("GreaterThanThreshold")
                .tags(
                    tags.entrySet().stream()
                        .map(
                            tag ->
                                software.amazon.awssdk.services.cloudwatch.model.Tag.builder()
                                    .key(tag.getKey())
                                    .value(tag.getValue())
                                    .build())
                        .toList()));
  }

  /** A deleted key, which AWS keeps for weeks. */
  void deletedKey(Map<String, String> tags) {
    String key =
        kms.createKey(
                create ->
                    create.tags(
                        tags.entrySet().stream()
                            .map(
                                tag ->
                                    software.amazon.awssdk.services.kms.model.Tag.builder()
                                        .tagKey(tag.getKey())
                                        .tagValue(tag.getValue())
                                        .build())
                            .toList()))
            .keyMetadata()
            .keyId();
    kms.scheduleKeyDeletion(schedule -> schedule.keyId(key).pendingWindowInDays(7));
  }

  /** Deletes what Terraform would. */
  void destroy(String bucket, String repository, String alarm) {
    s3.deleteBucket(delete -> delete.bucket(bucket));
    ecr.deleteRepository(delete -> delete.repositoryName(repository));
    cloudwatch.deleteAlarms(delete -> delete.alarmNames(alarm));
  }

  /** All resources, by kind and name; buckets and repositories with their contents. */
  TreeSet<String> all() {
    TreeSet<String> all = new TreeSet<>();
    sagemaker.listEndpoints().endpoints().forEach(e -> all.add("endpoint " + e.endpointName()));
    sagemaker
        .listEndpointConfigs()
        .endpointConfigs()
        .forEach(c -> all.add("configuration " + c.endpointConfigName()));
    sagemaker.listModels().models().forEach(m -> all.add("model " + m.modelName()));
    sagemaker
        .listTrainingJobs()
        .trainingJobSummaries()
        .forEach(job -> all.add("job " + job.trainingJobName()));
    scaling
        .describeScalableTargets(describe -> describe.serviceNamespace(ServiceNamespace.SAGEMAKER))
        .scalableTargets()
        .forEach(target -> all.add("target " + target.resourceId()));
    ecr.describeRepositories()
        .repositories()
        .forEach(
            one ->
                all.add(
                    "repository "
                        + one.repositoryName()
                        + " "
                        + ecr.listImages(list -> list.repositoryName(one.repositoryName()))
                            .imageIds()
                            .size()));
    cloudwatch.describeAlarms().metricAlarms().forEach(a -> all.add("alarm " + a.alarmName()));
    s3.listBuckets()
        .buckets()
        .forEach(bucket -> all.add("bucket " + bucket.name() + " " + contents(bucket.name())));
    return all;
  }

  private int contents(String bucket) {
    var versions = s3.listObjectVersions(list -> list.bucket(bucket));
    return versions.versions().size()
        + versions.deleteMarkers().size()
        + s3.listMultipartUploads(list -> list.bucket(bucket)).uploads().size();
  }

  @Override
  public void close() {
    sagemaker.close();
    scaling.close();
    ecr.close();
    cloudwatch.close();
    kms.close();
    s3.close();
  }

  private static List<Tag> sagemakerTags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
