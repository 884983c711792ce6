package dev.propensity.tasks.register;

import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.tasks.register.RegistrationDecision.Effect;
import dev.propensity.tasks.register.RegistrationDecision.ReleaseMode;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.LedgerEntry.Action;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseActions;
import dev.propensity.tracking.ReleaseLedger;
import java.util.Optional;

/** Puts a candidate into the ledger, or finds that it is there. */
final class VersionRegistration {
  private final ArtifactStore store;
  private final ReleaseLedger ledger;
  private final ReleaseActions actions;
  private final RegistrationCandidate candidate;
  private final ReleaseMode request;
  private final String who;
  private RegistrationDecision decision;
  private LedgerEntry state;
  private boolean made;

  VersionRegistration(
      ArtifactStore store,
      ReleaseLedger ledger,
      RegistrationCandidate candidate,
      ReleaseMode request,
      String who) {
    this.store = store;
    this.ledger = ledger;
    this.actions = new ReleaseActions(ledger);
    this.candidate = candidate;
    this.request = request;
    this.who = who;
  }

  /** The entry that says what became of the candidate, made now or found. */
  LedgerEntry carryOut() {
    LedgerEntry entry =
        ledger.append(
            last -> {
              state = last.orElse(null);
              decision = decide(last);
              return entry(last);
            });
    made = state == null || entry.number() > state.number();
    state = made ? entry : state;
    return entry;
  }

  /** What was decided, and why. */
  RegistrationDecision decision() {
    return decision;
  }

  /** Whether the entry was made now. */
  boolean made() {
    return made;
  }

  /** The ledger's last entry. */
  LedgerEntry state() {
    return state;
  }

  private RegistrationDecision decide(Optional<LedgerEntry> last) {
    if (last.isPresent() && last.get().holds(candidate.digest())) {
      int number = actions.rolledBack(last.get(), candidate.digest()).number();
      return RegistrationDecision.held(number);
    }
    return RegistrationDecision.of(candidate, last, request, isComparedWithChampion(last));
  }

  private LedgerEntry entry(Optional<LedgerEntry> last) {
    if (decision.kind() == Effect.UNCHANGED) {
      return actions.championEntry(last.orElseThrow());
    }
    int known = last.map(entry -> entry.versionOf(candidate.digest())).orElse(0);
    int next = last.map(LedgerEntry::versions).orElse(0) + 1;
    Release release = candidate.as(known == 0 ? next : known);
    NextEntry made = new NextEntry(ledger.name(), last, who, decision.why());
    if (decision.kind() == Effect.RELEASE) {
      return made.released(release);
    }
    return last.flatMap(entry -> actions.lastOf(entry, candidate.digest()))
        .filter(entry -> entry.action() != Action.ROLLED_BACK) // a roll-back is not its record
        .orElseGet(() -> made.challenger(release));
  }

  private boolean isComparedWithChampion(Optional<LedgerEntry> last) {
    Optional<Release> champion = last.map(LedgerEntry::champion);
    if (champion.isEmpty() || candidate.comparedWith().isEmpty()) {
      return champion.isEmpty() && candidate.comparedWith().isEmpty();
    }
    S3Location compared = candidate.comparedWith().get();
    return compared.equals(champion.get().model())
        || store
            .find(compared)
            .filter(model -> Release.digestOf(model).equals(champion.get().digest()))
            .isPresent();
  }
}
