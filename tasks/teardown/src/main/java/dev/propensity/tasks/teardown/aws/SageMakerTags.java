package dev.propensity.tasks.teardown.aws;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** Tags from SageMaker itself. */
final class SageMakerTags {
  private final SageMakerClient client;

  SageMakerTags(SageMakerClient client) {
    this.client = client;
  }

  /** The tags of a resource, or empty if it was deleted meanwhile. */
  Optional<Map<String, String>> of(String arn) {
    return SageMakerErrors.unlessGone(
        () ->
            client.listTagsPaginator(list -> list.resourceArn(arn)).tags().stream()
                .collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b, TreeMap::new)));
  }

  /**
   * The same for a resource that the tagging API does not return for the stage: also empty without
   * permission to read its tags, such as for a role limited to its own stage.
   */
  Optional<Map<String, String>> ofUnlisted(String arn) {
    try {
      return of(arn);
    } catch (SageMakerException e) {
      if (SageMakerErrors.isDenied(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
