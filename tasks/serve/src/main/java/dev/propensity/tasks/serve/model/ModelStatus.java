package dev.propensity.tasks.serve.model;

import dev.propensity.tracking.Release;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of the served model at one moment. A request reads it once, so that its whole response
 * comes from one model.
 *
 * @param release the number of the ledger entry that it follows; 0 if it follows none
 * @param served the live model; null if there is none
 * @param since when this process started to serve it
 * @param previous the champion before it
 * @param rejected a newer release that failed verification; null if there is none
 * @param waiting one line on why there is no model; null if there is one
 */
public record ModelStatus(
    int release,
    @Nullable ServedModel served,
    @Nullable Instant since,
    @Nullable Release previous,
    @Nullable FailedVerification rejected,
    @Nullable String waiting) {

  /**
   * A release that failed verification.
   *
   * @param release the number of its ledger entry
   */
  public record FailedVerification(int release, String reason) {}

  /** Before any model is loaded. */
  public static ModelStatus waiting(String why) {
    return new ModelStatus(0, null, null, null, null, why);
  }

  /** Still without a model, for this reason. */
  public ModelStatus because(@Nullable String why) {
    return new ModelStatus(release, null, null, previous, rejected, why);
  }

  /** This model is live from now on. */
  public ModelStatus swapped(
      int release,
      ServedModel served,
      @Nullable Release previous,
      @Nullable FailedVerification rejected) {
    return new ModelStatus(release, served, Instant.now(), previous, rejected, null);
  }

  /** A newer entry that keeps the live model, or has none. */
  public ModelStatus followed(int release, @Nullable Release previous) {
    return new ModelStatus(release, served, since, previous, null, waiting);
  }

  /** A newer entry's model failed verification: only this field changes. */
  public ModelStatus rejected(int release, String reason) {
    return new ModelStatus(
        this.release,
        served,
        since,
        previous,
        new FailedVerification(release, reason),
        served == null ? "release " + release + " was rejected: " + reason : null);
  }
}
