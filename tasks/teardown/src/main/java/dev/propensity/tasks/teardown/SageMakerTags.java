package dev.propensity.tasks.teardown;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ListTagsResponse;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

/** What SageMaker itself says of tags, and of what is not there. */
final class SageMakerTags {
  private final SageMakerClient client;

  SageMakerTags(SageMakerClient client) {
    this.client = client;
  }

  /** The tags of what is there, or nothing where it is gone meanwhile. */
  Optional<Map<String, String>> of(String arn) {
    try {
      Map<String, String> tags = new TreeMap<>();
      for (ListTagsResponse page : client.listTagsPaginator(list -> list.resourceArn(arn))) {
        page.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
      }
      return Optional.of(tags);
    } catch (SageMakerException e) {
      if (isGone(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * The same of what the tagging API does not tell to be the stage's: nothing also where its tags
   * may not be read, as where a role is let to its own stage's only.
   */
  Optional<Map<String, String>> ofUntold(String arn) {
    try {
      return of(arn);
    } catch (SageMakerException e) {
      if (code(e).startsWith("AccessDenied")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether this refusal says that there is none of that name. */
  static boolean isGone(SageMakerException e) {
    String code = code(e);
    String message = String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT);
    return code.equals("ResourceNotFound")
        || code.equals("ValidationException")
            && (message.contains("could not find")
                || message.contains("cannot find")
                || message.contains("does not exist")
                || message.contains("not found"));
  }

  /** Whether it refuses for now, since something is under way. */
  static boolean isBusy(SageMakerException e) {
    String code = code(e);
    return code.equals("ValidationException") && !isGone(e)
        || code.equals("ResourceInUse")
        || code.equals("ConflictException");
  }

  private static String code(SageMakerException e) {
    return e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
  }
}
