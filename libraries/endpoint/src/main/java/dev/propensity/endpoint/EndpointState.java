package dev.propensity.endpoint;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * The state that an endpoint reports: the project's server at {@code /api/v1/model}.
 *
 * @param name the dataset's name with its origin; null where no model is live
 * @param release the ledger entry that it follows
 * @param digest of the live model; null where there is none
 * @param rejected a newer release whose model failed its check, {@code refused} on servers of
 *     earlier versions; null where there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointState(
    @Nullable String name,
    int release,
    @Nullable String digest,
    @JsonAlias("refused") @Nullable RejectedRelease rejected) {

  /** A release whose model failed its check, and why. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record RejectedRelease(int release, String reason) {}

  /** Whether it rejected this release or a newer one. */
  public boolean rejects(int number) {
    return rejected != null && rejected.release() >= number;
  }
}
