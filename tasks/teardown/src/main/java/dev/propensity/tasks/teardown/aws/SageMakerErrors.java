package dev.propensity.tasks.teardown.aws;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

/** SageMaker's errors that a teardown expects. */
final class SageMakerErrors {
  private SageMakerErrors() {}

  /** The response, or empty if there is no resource of that name. */
  static <T> Optional<T> unlessGone(Supplier<T> request) {
    try {
      return Optional.of(request.get());
    } catch (SageMakerException e) {
      if (isGone(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Calls it; ignores errors if it is gone or an operation is in progress, which the next scan
   * shows.
   */
  static void unlessGoneOrBusy(Runnable request) {
    try {
      request.run();
    } catch (SageMakerException e) {
      if (!isGone(e) && !isBusy(e)) {
        throw e;
      }
    }
  }

  /** Whether the role has no permission for this. */
  static boolean isDenied(SageMakerException e) {
    return code(e).startsWith("AccessDenied");
  }

  private static boolean isGone(SageMakerException e) {
    String code = code(e);
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return code.equals("ResourceNotFound")
        || code.equals("ValidationException")
            && (message.contains("could not find")
                || message.contains("cannot find")
                || message.contains("does not exist")
                || message.contains("not found"));
  }

  private static boolean isBusy(SageMakerException e) {
    String code = code(e);
    return code.equals("ValidationException")
        || code.equals("ResourceInUse")
        || code.equals("ConflictException");
  }

  private static String code(SageMakerException e) {
    return e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
  }
}
