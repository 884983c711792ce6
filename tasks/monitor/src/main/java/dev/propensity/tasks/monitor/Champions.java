package dev.propensity.tasks.monitor;

import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;

/** Finds the release of a profile's model. */
final class Champions {
  private Champions() {}

  /**
   * The last release of the profile's model as the champion.
   *
   * @throws UserException if there is none
   */
  static Release require(ArtifactStore store, Profile profile, S3Location uri) {
    ReleaseLedger ledger = new ReleaseLedger(store, profile.name());
    int last = ledger.latest().map(entry -> entry.number()).orElse(0);
    for (int number = last; number > 0; number--) {
      Release champion = ledger.entry(number).champion();
      if (champion != null && champion.digest().equals(profile.model())) {
        return champion;
      }
    }
    throw new UserException(
        "the model of "
            + uri
            + " was never the champion of "
            + profile.name()
            + ": only the windows of champions are monitored; collect the window without --model");
  }
}
