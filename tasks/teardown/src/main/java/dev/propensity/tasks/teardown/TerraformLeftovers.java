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
 * What else bears the tags: what Terraform made. The tagging API goes on telling what is gone for a
 * while, so that each of these is looked for at its own service, where that is known here.
 */
final class TerraformLeftovers {
  /** What the kinds find by themselves. */
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

  /** Those that are there, as far as can be told; ARNs. */
  List<String> of(TaggedArns tagged) {
    return tagged.all().stream()
        .filter(arn -> !FOUND_OTHERWISE.contains(TaggedArns.kind(arn)))
        .filter(arn -> !isGone(arn))
        .toList();
  }

  /** Whether this can be asked for at its own service. */
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

  // A deleted key costs nothing and can do nothing, but AWS remembers it, tags and all, for weeks.
  private boolean isKeyGone(String id) {
    try {
      return kms.describeKey(describe -> describe.keyId(id)).keyMetadata().keyState()
          == KeyState.PENDING_DELETION;
    } catch (NotFoundException e) {
      return true;
    }
  }
}
