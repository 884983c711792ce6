package dev.propensity.tasks.serve.model;

import dev.propensity.tracking.Release;
import java.time.Instant;

/**
 * What the server answers with at one moment. A request reads it once, so that all of its answer
 * comes from one model.
 *
 * @param release the number of the ledger entry that it follows; 0 where it follows none
 * @param served the model that answers; null where there is none
 * @param since when this process began to answer with it
 * @param previous the champion before it
 * @param rejected a newer release that failed its proof; null where there is none
 * @param waiting one line on why there is no model; null where there is one
 */
public record ModelStatus(
    int release,
    ServedModel served,
    Instant since,
    Release previous,
    RejectedRelease rejected,
    String waiting) {

  /**
   * A release that failed its proof.
   *
   * @param release the number of its ledger entry
   */
  public record RejectedRelease(int release, String reason) {}

  /** Before any model is there. */
  public static ModelStatus waiting(String why) {
    return new ModelStatus(0, null, null, null, null, why);
  }

  /** Without a model still, for this reason. */
  public ModelStatus because(String why) {
    return new ModelStatus(release, null, null, previous, rejected, why);
  }

  /** This model answers from now on. */
  public ModelStatus swapped(
      int release, ServedModel served, Release previous, RejectedRelease rejected) {
    return new ModelStatus(release, served, Instant.now(), previous, rejected, null);
  }

  /** A newer entry that keeps the model that answers, or has none. */
  public ModelStatus followed(int release, Release previous) {
    return new ModelStatus(release, served, since, previous, null, waiting);
  }

  /** A newer entry's model failed its proof: nothing changes but this remark. */
  public ModelStatus rejected(int release, String reason) {
    return new ModelStatus(
        this.release,
        served,
        since,
        previous,
        new RejectedRelease(release, reason),
        served == null ? "release " + release + " was refused: " + reason : null);
  }
}
