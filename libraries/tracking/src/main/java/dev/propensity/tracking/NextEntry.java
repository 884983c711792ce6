package dev.propensity.tracking;

import dev.propensity.foundation.Digest;
import dev.propensity.tracking.LedgerEntry.Action;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates the next entry from the last one, for each action. Pure functions.
 *
 * @param name the dataset's name with its origin
 * @param last the state now
 * @param who the user or run
 * @param why one line
 */
public record NextEntry(String name, Optional<LedgerEntry> last, String who, String why) {

  /** The model is registered and not live. */
  public LedgerEntry challenger(Release subject) {
    return entry(Action.CHALLENGER, subject, champion(), previous(), newest(subject), held());
  }

  /** A run promotes this model to champion. */
  public LedgerEntry released(Release subject) {
    return entry(Action.RELEASED, subject, subject, champion(), challengerBut(subject), held());
  }

  /** A user promotes this version to champion; it is no longer held. */
  public LedgerEntry promoted(Release subject) {
    List<Digest> held = new ArrayList<>(held());
    held.remove(subject.digest());
    return entry(Action.PROMOTED, subject, subject, champion(), challengerBut(subject), held);
  }

  /**
   * The champion is rolled back and held; the previous one is live again.
   *
   * @param beforeThat the champion before the previous one; null where there was none
   */
  public LedgerEntry rolledBack(@Nullable Release beforeThat) {
    List<Digest> held = new ArrayList<>(held());
    held.add(Objects.requireNonNull(champion(), "there is no champion").digest());
    return entry(
        Action.ROLLED_BACK,
        champion(),
        previous(),
        beforeThat,
        last.map(LedgerEntry::challenger).orElse(null),
        held);
  }

  private @Nullable Release champion() {
    return last.map(LedgerEntry::champion).orElse(null);
  }

  private @Nullable Release previous() {
    return last.map(LedgerEntry::previous).orElse(null);
  }

  private List<Digest> held() {
    return last.map(LedgerEntry::held).orElse(List.of());
  }

  private Release newest(Release subject) {
    Release challenger = last.map(LedgerEntry::challenger).orElse(null);
    return challenger == null || challenger.version() <= subject.version() ? subject : challenger;
  }

  private @Nullable Release challengerBut(Release subject) {
    return last.map(LedgerEntry::challenger)
        .filter(challenger -> !challenger.isSameModelAs(subject))
        .orElse(null);
  }

  private LedgerEntry entry(
      Action action,
      Release subject,
      @Nullable Release champion,
      @Nullable Release previous,
      @Nullable Release challenger,
      List<Digest> held) {
    List<Digest> models = new ArrayList<>(last.map(LedgerEntry::models).orElse(List.of()));
    if (subject.version() == models.size() + 1) {
      models.add(subject.digest());
    }
    return new LedgerEntry(
        LedgerEntry.SCHEMA,
        last.map(LedgerEntry::number).orElse(0) + 1,
        name,
        action,
        LedgerEntry.before(action, subject, champion, previous),
        LedgerEntry.versionOf(champion),
        subject,
        champion,
        previous,
        challenger,
        held,
        models,
        who,
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
        why);
  }
}
