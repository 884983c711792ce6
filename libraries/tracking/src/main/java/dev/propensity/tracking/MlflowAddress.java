package dev.propensity.tracking;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * The address and credentials of an MLflow server, and the meaning of its errors.
 *
 * @param uri without a slash at the end
 * @param username null where none is set, as the password and the token
 */
record MlflowAddress(
    String uri, @Nullable String username, @Nullable String password, @Nullable String token) {

  MlflowAddress {
    if (!uri.matches("https?://[^/?#]+(/[^?#]*)?")) {
      throw new UserException("MLFLOW_TRACKING_URI is '" + uri + "'; write http://host:port");
    }
    uri = uri.replaceFirst("/+$", "");
  }

  /** The address that the variables name, by the names that MLflow itself uses. */
  static Optional<MlflowAddress> of(Function<String, Optional<String>> settings) {
    return settings
        .apply("MLFLOW_TRACKING_URI")
        .map(
            uri ->
                new MlflowAddress(
                    uri,
                    settings.apply("MLFLOW_TRACKING_USERNAME").orElse(null),
                    settings.apply("MLFLOW_TRACKING_PASSWORD").orElse(null),
                    settings.apply("MLFLOW_TRACKING_TOKEN").orElse(null)));
  }

  BasicMlflowHostCreds credentials() {
    return new BasicMlflowHostCreds(uri, username, password, token, false);
  }

  /** The value of the {@code Authorization} header, where there is one. */
  Optional<String> authorization() {
    if (username != null && password != null) {
      byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return Optional.ofNullable(token).map(text -> "Bearer " + text);
  }

  UnavailableException unreachable(Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new UnavailableException(this + " cannot be reached: " + root, cause);
  }

  /** The exception for a response other than 2xx. */
  RuntimeException failure(int status, String body) {
    if (status == 429 || status >= 500) {
      return new UnavailableException(this + " returned " + status + ": " + firstLine(body));
    }
    if (status == 401 || status == 403) {
      return new UserException(
          this
              + " returned "
              + status
              + " (no access): set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
    }
    try {
      JsonNode answer = new ObjectMapper().readTree(body);
      if (answer != null && answer.hasNonNull("error_code")) {
        return new MlflowRequestException(
            answer.get("error_code").asText(), this + ": " + answer.path("message").asText());
      }
    } catch (JacksonException e) {
      // not MLflow's format: reported below
    }
    return new UserException(this + " is not an MLflow server: " + status + " " + firstLine(body));
  }

  private static String firstLine(String text) {
    String line = text == null ? "" : text.lines().findFirst().orElse("");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }

  @Override
  public String toString() {
    return "MLflow at " + uri;
  }
}
