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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Records a candidate in the ledger, or finds its entry. */
final class VersionRegistration {
  private final ArtifactStore store;
  private final ReleaseLedger ledger;
  private final ReleaseActions actions;
  private final RegistrationCandidate candidate;
  private final ReleaseMode request;
  private final String who;

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

  /** Appends an entry for the candidate, unless the ledger has it. */
  RegistrationResult register() {
    AtomicReference<RegistrationResult> result = new AtomicReference<>();
    ledger.append(
        last -> { // called again with a newer entry if another writer was first
          RegistrationResult decided = decideAfter(last);
          result.set(decided);
          return decided.entry();
        });
    return Objects.requireNonNull(result.get(), "the ledger has an entry");
  }

  private RegistrationResult decideAfter(Optional<LedgerEntry> last) {
    RegistrationDecision decision = decide(last);
    LedgerEntry entry = entry(decision, last);
    boolean created = last.isEmpty() || entry.number() > last.get().number();
    return new RegistrationResult(decision, entry, created, created ? entry : last.get());
  }

  private RegistrationDecision decide(Optional<LedgerEntry> last) {
    if (last.isPresent() && last.get().holds(candidate.digest())) {
      int number = actions.rolledBack(last.get(), candidate.digest()).number();
      return RegistrationDecision.held(number);
    }
    return RegistrationDecision.of(candidate, last, request, isComparedWithChampion(last));
  }

  private LedgerEntry entry(RegistrationDecision decision, Optional<LedgerEntry> last) {
    if (decision.effect() == Effect.UNCHANGED) {
      return actions.championEntry(last.orElseThrow());
    }
    int known = last.map(entry -> entry.versionOf(candidate.digest())).orElse(0);
    int newest = last.map(LedgerEntry::versions).orElse(0) + 1;
    Release release = candidate.as(known == 0 ? newest : known);
    NextEntry next = new NextEntry(ledger.name(), last, who, decision.why());
    if (decision.effect() == Effect.RELEASE) {
      return next.released(release);
    }
    return last.flatMap(entry -> actions.lastOf(entry, candidate.digest()))
        .filter(entry -> entry.action() != Action.ROLLED_BACK) // a rollback does not register it
        .orElseGet(() -> next.challenger(release));
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
