package dev.propensity.tasks.monitor;

import dev.propensity.artifacts.MonitoringArtifact;
import dev.propensity.artifacts.ProfileArtifact;
import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.MonitoringLedger;
import dev.propensity.tracking.Release;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A window among those of its model in the monitoring ledger.
 *
 * @param earlier the windows that it is compared with
 * @param champion the release of its model
 */
record MonitoredWindow(
    MonitoringLedger ledger,
    ProfileArtifact artifact,
    Profile profile,
    EarlierWindows earlier,
    Release champion) {
  private static final Logger LOG = LoggerFactory.getLogger(MonitoredWindow.class);

  /**
   * Reads the ledgers.
   *
   * @throws dev.propensity.foundation.UserException if the profile's model was never the champion
   */
  static MonitoredWindow of(
      ArtifactStore store, MonitorRule rule, ProfileArtifact artifact, Profile profile) {
    Release champion = Champions.require(store, profile, artifact.uri());
    MonitoringLedger ledger = new MonitoringLedger(store, profile.name());
    EarlierWindows earlier = EarlierWindows.of(store, ledger.all(), rule, profile);
    return new MonitoredWindow(ledger, artifact, profile, earlier, champion);
  }

  /** Its length; of one that has not ended, that of the rule. */
  MonitorRule.Window length(MonitorRule rule) {
    return profile.window().length().orElse(rule.window());
  }

  /** Whether it has not ended: then the ledger keeps no verdict of it. */
  boolean isProvisional() {
    return profile.window().length().isEmpty();
  }

  /**
   * Appends the verdict to the ledger, unless the window has one, or has not ended.
   *
   * @return the window's entry; empty if it has not ended
   */
  Optional<MonitoringEntry> record(MonitoringArtifact found, String who) {
    Monitoring monitoring = found.monitoring();
    if (isProvisional()) {
      LOG.info("the window has not ended: the ledger keeps no verdict of it");
      return Optional.empty();
    }
    MonitoringEntry entry =
        ledger.append(
            all ->
                MonitoringLedger.of(all, monitoring.window(), profile.model())
                    .orElseGet(
                        () ->
                            MonitoringEntry.monitored(
                                all.size() + 1,
                                ledger.name(),
                                monitoring.window(),
                                champion,
                                artifact.uri(),
                                found.uri(),
                                monitoring.verdict().text(),
                                monitoring.subjects(),
                                monitoring.state().referable(),
                                who)));
    if (!found.uri().equals(entry.monitoring())) {
      LOG.warn(
          "{} was monitored before, with the verdict {}, which stays: {} is of other segments or"
              + " other earlier windows",
          monitoring.window(),
          entry.verdict(),
          found.uri());
    }
    return Optional.of(entry);
  }
}
