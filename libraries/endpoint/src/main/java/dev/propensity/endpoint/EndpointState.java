package dev.propensity.endpoint;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What an endpoint says of itself: the project's server at {@code /api/v1/model}.
 *
 * @param name the dataset's name with its origin; null where no model answers
 * @param release the ledger entry that it follows
 * @param digest of the model that answers; null where none does
 * @param rejected a newer release whose model failed its proof; null where there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointState(
    String name, int release, String digest, @JsonProperty("refused") RejectedRelease rejected) {

  /** A release whose model failed its proof, and why. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record RejectedRelease(int release, String reason) {}

  /** Whether it refused this release or a newer one. */
  public boolean rejects(int number) {
    return rejected != null && rejected.release() >= number;
  }
}
