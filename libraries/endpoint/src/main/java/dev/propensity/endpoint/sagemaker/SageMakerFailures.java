package dev.propensity.endpoint.sagemaker;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Describes a failure in one line, and distinguishes errors that the user must fix from transient
 * ones.
 */
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

  private static final String UNKNOWN = "Check the endpoint's name and the region, AWS_REGION";

  private SageMakerFailures() {}

  /**
   * Makes a request.
   *
   * @param what it is about, for the error's text: "the model x"
   * @throws UnavailableException for transient failures
   * @throws UserException for errors that the user must fix
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
   * @param expected a failure that is rethrown as it is
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

  /** The response, or empty where the resource does not exist. */
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
   * @return whether it was created; false where one of this name exists
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
   * @return whether it was started; false where a change is in progress or the endpoint is deleted
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

  /** Whether the invoked endpoint does not exist; this API has its own message for it. */
  private static boolean isUnknown(SdkException e) {
    return code(e).equals("ValidationError")
        && message(e).startsWith("Endpoint ")
        && message(e).contains("not found");
  }

  static RuntimeException of(SdkException e, String what) {
    if (e instanceof AwsServiceException answer) {
      String code = code(e);
      String message = "AWS returned " + code + " for " + what + ": " + message(e);
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
