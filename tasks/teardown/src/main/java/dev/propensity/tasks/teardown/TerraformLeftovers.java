package dev.propensity.tasks.teardown;

import dev.propensity.tasks.teardown.aws.Buckets;
import dev.propensity.tasks.teardown.aws.EcsTasks;
import dev.propensity.tasks.teardown.aws.Images;
import dev.propensity.tasks.teardown.resource.TaggedArns;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/**
 * Other resources with the tags: those created by Terraform. The tagging API returns deleted
 * resources for a while, so each of these is looked up in its own service, if that is supported
 * here.
 */
final class TerraformLeftovers {
  /** The resources that the resource types find themselves. */
  private static final Set<String> FOUND_OTHERWISE =
      Set.of(
          "sagemaker:endpoint",
          "sagemaker:endpoint-config",
          "sagemaker:model",
          "sagemaker:training-job",
          "application-autoscaling:scalable-target",
          "ecs:task");

  private final Buckets buckets;
  private final Images images;
  private final EcsTasks ecs;
  private final CloudWatchClient cloudwatch;
  private final KmsClient kms;

  TerraformLeftovers(
      Buckets buckets, Images images, EcsTasks ecs, CloudWatchClient cloudwatch, KmsClient kms) {
    this.buckets = buckets;
    this.images = images;
    this.ecs = ecs;
    this.cloudwatch = cloudwatch;
    this.kms = kms;
  }

  /** Those that exist, as far as is known; ARNs. */
  List<String> of(TaggedArns tagged) {
    return tagged.all().stream()
        .filter(arn -> !FOUND_OTHERWISE.contains(TaggedArns.kind(arn)))
        .filter(arn -> !isGone(arn))
        .toList();
  }

  /** Whether this can be looked up in its own service. */
  static boolean isSure(String arn) {
    return switch (TaggedArns.kind(arn)) {
      case "s3",
          "ecr:repository",
          "ecs:cluster",
          "ecs:task-definition",
          "cloudwatch:alarm",
          "kms:key" ->
          true;
      default -> false;
    };
  }

  private boolean isGone(String arn) {
    String name = TaggedArns.name(arn);
    return switch (TaggedArns.kind(arn)) {
      case "s3" -> buckets.isGone(name);
      case "ecr:repository" -> images.isGone(name);
      case "ecs:cluster" -> ecs.isClusterGone(name);
      case "ecs:task-definition" -> ecs.isDefinitionGone(name);
      case "cloudwatch:alarm" -> isAlarmGone(name);
      case "kms:key" -> isKeyGone(name);
      default -> false;
    };
  }

  private boolean isAlarmGone(String name) {
    return cloudwatch
        .describeAlarms(describe -> describe.alarmNames(name))
        .metricAlarms()
        .isEmpty();
  }

  // A deleted key costs nothing and cannot be used, but AWS keeps it, with its tags, for weeks.
  private boolean isKeyGone(String id) {
    try {
      return kms.describeKey(describe -> describe.keyId(id)).keyMetadata().keyState()
          == KeyState.PENDING_DELETION;
    } catch (NotFoundException e) {
      return true;
    }
  }
}
