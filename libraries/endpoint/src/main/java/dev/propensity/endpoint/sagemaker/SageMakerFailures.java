package dev.propensity.endpoint.sagemaker;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in one line what went wrong, and separates what a user has to fix from what may pass. */
final class SageMakerFailures {
  private static final Set<String> PASSING =
      Set.of(
          "ThrottlingException",
          "Throttling",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "ConcurrentUpdateException",
          "ModelNotReadyException",
          "ServiceUnavailable",
          "InternalFailure",
          "InternalServiceException",
          "RequestTimeout");
  private static final Set<String> KEYS =
      Set.of(
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "ExpiredTokenException",
          "ExpiredToken");

  private static final String UNKNOWN = "Look at the endpoint's name and at the region, AWS_REGION";

  private SageMakerFailures() {}

  /**
   * Makes a request.
   *
   * @param what it is about, for the error's text: "the model x"
   * @throws UnavailableException for what may pass
   * @throws UserException for what a user has to fix
   */
  static <T> T call(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw of(e, what);
    }
  }

  /**
   * Makes a request.
   *
   * @param expected a failure that is handed on as it is
   */
  static <T> T callOr(Class<? extends SdkException> expected, String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      if (expected.isInstance(e)) {
        throw e;
      }
      throw of(e, what);
    }
  }

  /** What a request finds, or nothing where SageMaker knows no such thing. */
  static <T> Optional<T> find(String what, Supplier<T> request) {
    try {
      return Optional.of(request.get());
    } catch (SdkException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw of(e, what);
    }
  }

  /**
   * Makes a request to create something.
   *
   * @return whether it was made now; else one of this name is there already
   */
  static boolean create(String what, Runnable request) {
    try {
      request.run();
      return true;
    } catch (SdkException e) {
      if (message(e).contains("already existing") || message(e).contains("already exists")) {
        return false;
      }
      throw of(e, what);
    }
  }

  /**
   * Makes a request to change an endpoint.
   *
   * @return whether it was begun now; else the endpoint changes already, or is gone
   */
  static boolean begin(String what, Runnable request) {
    try {
      request.run();
      return true;
    } catch (SdkException e) {
      String message = message(e);
      if (message.contains("in-progress") || message.contains("already uses") || isMissing(e)) {
        return false;
      }
      throw of(e, what);
    }
  }

  private static boolean isMissing(SdkException e) {
    String code = code(e);
    return code.equals("ValidationException") && message(e).contains("Could not find")
        || code.equals("ResourceNotFound")
        || code.equals("ObjectNotFoundException");
  }

  /** Whether an endpoint was to score that is not there: this API's words are its own. */
  private static boolean isUnknown(SdkException e) {
    return code(e).equals("ValidationError")
        && message(e).startsWith("Endpoint ")
        && message(e).contains("not found");
  }

  static RuntimeException of(SdkException e, String what) {
    if (e instanceof AwsServiceException answer) {
      String code = code(e);
      String message = "AWS answered " + code + " for " + what + ": " + message(e);
      if (answer.statusCode() >= 500 || answer.statusCode() == 429 || PASSING.contains(code)) {
        return new UnavailableException(message, e);
      }
      if (KEYS.contains(code)) {
        return new UserException("AWS does not accept the credentials (" + code + ")", e);
      }
      return new UserException(isUnknown(e) ? message + " " + UNKNOWN : message, e);
    }
    String message = String.valueOf(e.getMessage());
    if (e instanceof SdkClientException
        && (message.contains("Unable to load credentials")
            || message.contains("Unable to load region"))) {
      return new UserException(
          "no AWS credentials or region found: set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and"
              + " AWS_REGION, or name a profile",
          e);
    }
    return new UnavailableException(
        "SageMaker is unreachable for " + what + ": " + message.lines().findFirst().orElse(message),
        e);
  }

  static String code(SdkException e) {
    return e instanceof AwsServiceException answer && answer.awsErrorDetails() != null
        ? String.valueOf(answer.awsErrorDetails().errorCode())
        : "";
  }

  static String message(SdkException e) {
    return e instanceof AwsServiceException answer && answer.awsErrorDetails() != null
        ? String.valueOf(answer.awsErrorDetails().errorMessage())
        : String.valueOf(e.getMessage());
  }
}
