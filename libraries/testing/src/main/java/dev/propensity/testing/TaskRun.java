package dev.propensity.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.storage.S3Location;

/**
 * A task that ran.
 *
 * @param exit the exit code
 * @param result what the task wrote to {@code --result}; an empty object where it wrote nothing
 */
public record TaskRun(int exit, JsonNode result) {

  /** This run; fails where the exit code is not 0. */
  public TaskRun succeeded() {
    assertThat(exit).as(result.toString()).isZero();
    return this;
  }

  /** Why the task rejected its input; fails where the exit code is not 2. */
  public String rejected() {
    assertThat(exit).as(result.toString()).isEqualTo(2);
    assertThat(status()).isEqualTo("rejected");
    return reason();
  }

  /** The result's status; null where there is none. */
  public String status() {
    return result.path("status").asText(null);
  }

  /** The result's reason; null where there is none. */
  public String reason() {
    return result.path("reason").asText(null);
  }

  /** Where the artifact is that the task wrote or found. */
  public S3Location uri() {
    return S3Location.parse(result.path("uri").asText());
  }
}
