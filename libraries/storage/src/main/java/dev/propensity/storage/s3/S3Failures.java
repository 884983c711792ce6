package dev.propensity.storage.s3;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.S3Location;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Describes an S3 failure in one line, and distinguishes errors that the user must fix from
 * transient ones.
 */
final class S3Failures {
  private static final Set<String> PASSING =
      Set.of(
          "SlowDown",
          "RequestTimeout",
          "InternalError",
          "ServiceUnavailable",
          "Throttling",
          "ConditionalRequestConflict"); // another put of the same object at the same time
  private static final Set<String> WRONG_KEYS =
      Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidSecurity");
  private static final Set<String> EXPIRED = Set.of("ExpiredToken", "InvalidToken");

  private final String server;

  /**
   * @param server the server's name in messages
   */
  S3Failures(String server) {
    this.server = server;
  }

  /** The exception for this failure of a request for that location. */
  RuntimeException of(SdkException failure, S3Location location) {
    if (failure instanceof S3Exception answer) {
      return ofResponse(answer, location);
    }
    if (failure instanceof SdkClientException && missingSettings(failure.getMessage())) {
      return new UserException(
          "no AWS credentials or region found: set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and"
              + " AWS_REGION, or name a profile",
          failure);
    }
    return new UnavailableException(server + " is unreachable: " + cause(failure), failure);
  }

  private RuntimeException ofResponse(S3Exception answer, S3Location location) {
    String code = code(answer);
    int status = answer.statusCode();
    String detail = status + (code.isEmpty() ? "" : " " + code);
    if (status >= 500 || status == 429 || status == 408 || PASSING.contains(code)) {
      return new UnavailableException(server + " returned " + detail + " for " + location, answer);
    }
    if (code.equals("NoSuchBucket")) {
      return new UserException(
          "no such bucket: s3://" + location.bucket() + " on " + server, answer);
    }
    if (WRONG_KEYS.contains(code)) {
      return new UserException(
          server
              + " does not accept the credentials ("
              + code
              + "): check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
          answer);
    }
    if (EXPIRED.contains(code)) {
      return new UserException(
          server + " rejects the credentials as expired (" + code + "): get new ones", answer);
    }
    if (status == 403 || status == 401) {
      return new UserException(
          "access denied to " + location + " on " + server + " (" + detail + ")", answer);
    }
    if (status == 301) {
      return new UserException(
          "s3://" + location.bucket() + " is in another region: set AWS_REGION to it", answer);
    }
    return new UserException(
        server + " rejected the request for " + location + " (" + detail + ")", answer);
  }

  /** The error's code, empty where the answer had no body, as to HEAD. */
  static String code(S3Exception answer) {
    String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  private static boolean missingSettings(@Nullable String message) {
    return message != null
        && (message.contains("Unable to load credentials")
            || message.contains("Unable to load region"));
  }

  private static String cause(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null && !(deepest instanceof UncheckedIOException)) {
      deepest = deepest.getCause();
    }
    String text = deepest.getMessage();
    return text == null
        ? deepest.getClass().getSimpleName()
        : text.lines().findFirst().orElse(text);
  }
}
