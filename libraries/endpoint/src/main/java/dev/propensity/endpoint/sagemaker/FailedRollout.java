package dev.propensity.endpoint.sagemaker;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.util.regex.Pattern;

/** Classifies SageMaker's reason for a failed update: the model or the environment. */
final class FailedRollout {
  /** The container started and was not healthy, or its responses raised an alarm. */
  private static final Pattern MODEL =
      Pattern.compile("ping health check|\\balarms?\\b|alarm\\(s\\)|container .*\\bended\\b");

  private static final Pattern USER_ACTION_REQUIRED =
      Pattern.compile(
          "(?i)could not access|access ?denied|permission|not authorized|does not exist"
              + "|could not find|ResourceLimitExceeded|service limit|quota|CannotStartContainer"
              + "|failed to extract|invalid");

  private FailedRollout() {}

  /**
   * Whether the model is at fault.
   *
   * @param reason SageMaker's reason
   * @param same whether the model that was live before is this one, in another image or with other
   *     settings: then it is not the model's fault
   */
  static boolean isOfTheModel(String reason, boolean same) {
    return !same && MODEL.matcher(reason).find();
  }

  /**
   * The exception where the model is not at fault.
   *
   * @param text what happened, with SageMaker's reason
   */
  static RuntimeException failure(String text, String reason) {
    if (MODEL.matcher(reason).find() || USER_ACTION_REQUIRED.matcher(reason).find()) {
      return new UserException(text);
    }
    return new UnavailableException(text);
  }
}
