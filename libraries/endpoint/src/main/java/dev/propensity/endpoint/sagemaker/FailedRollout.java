package dev.propensity.endpoint.sagemaker;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.util.regex.Pattern;

/** Tells by SageMaker's own words whose fault it is that a new model does not answer. */
final class FailedRollout {
  /** The container came up and was not healthy, or answered so badly that an alarm went off. */
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
   * @param reason what SageMaker says
   * @param same whether the model that answered before is this one, in another image or with other
   *     settings: then it is not the model's fault
   */
  static boolean isOfTheModel(String reason, boolean same) {
    return !same && MODEL.matcher(reason).find();
  }

  /**
   * What to throw where the model is not at fault.
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
