package dev.propensity.tasks.teardown.resource;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The errors, one per line; the task continues after them. */
public final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  /** With these, nothing else would work either. */
  private static final Set<String> WRONG_KEYS =
      Set.of(
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "ExpiredTokenException",
          "ExpiredToken",
          "IncompleteSignature",
          "MissingAuthenticationToken");

  private final List<String> lines = new ArrayList<>();

  /**
   * Runs an action, and collects its error.
   *
   * @param the action, such as {@code delete the endpoint x}
   * @return empty if it failed
   * @throws UserException if there are no credentials, or they are rejected
   */
  public <T> Optional<T> attempt(String what, Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (AwsServiceException e) {
      String code = code(e);
      if (WRONG_KEYS.contains(code)) {
        throw new UserException("AWS does not accept the credentials: " + code, e);
      }
      add(what, (code + " " + e.statusCode()).strip() + message(e));
    } catch (SdkClientException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("Unable to load credentials")
          || message.contains("Unable to load region")) {
        throw new UserException(
            "no AWS credentials or region found: set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and"
                + " AWS_REGION, or set AWS_PROFILE",
            e);
      }
      add(what, "AWS is unreachable: " + message.lines().findFirst().orElse(""));
    } catch (UserException | UnavailableException | DeletionTimeoutException e) {
      add(what, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("internal error: please report it with these lines", e);
      add(what, e.toString());
    }
    return Optional.empty();
  }

  /** All lines so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  private void add(String what, @Nullable String why) {
    String line = "could not " + what + ": " + why;
    LOG.error(line);
    lines.add(line);
  }

  /** The error's code, empty if the response had none. */
  private static String code(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  private static String message(AwsServiceException e) {
    String text = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    return text == null || text.isBlank() ? "" : ": " + text.lines().findFirst().orElse("");
  }
}
