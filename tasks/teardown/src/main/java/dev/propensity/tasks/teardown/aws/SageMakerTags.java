package dev.propensity.tasks.teardown.aws;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** What SageMaker itself says of tags. */
final class SageMakerTags {
  private final SageMakerClient client;

  SageMakerTags(SageMakerClient client) {
    this.client = client;
  }

  /** The tags of what is there, or nothing where it is gone meanwhile. */
  Optional<Map<String, String>> of(String arn) {
    return SageMakerErrors.unlessGone(
        () ->
            client.listTagsPaginator(list -> list.resourceArn(arn)).tags().stream()
                .collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b, TreeMap::new)));
  }

  /**
   * The same of what the tagging API does not tell to be the stage's: nothing also where its tags
   * may not be read, as where a role is let to its own stage's only.
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
