package dev.propensity.tracking;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.tracking.LedgerEntry.Action;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Manual actions on registered versions: promote and roll back. Each appends one entry, is safe
 * against concurrent writers, and is idempotent.
 */
public final class ReleaseActions {
  private final ReleaseLedger ledger;

  public ReleaseActions(ReleaseLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Promotes a version to champion, even if it is held.
   *
   * @return the new entry, or the one that made it the champion where it is the champion already
   * @throws UserException if there is no such version
   */
  public LedgerEntry promote(int version, String who, String why) {
    return ledger.append(
        last -> {
          LedgerEntry state = last.orElseThrow(this::nothingRegistered);
          if (state.champion() != null && state.champion().version() == version) {
            return championEntry(state);
          }
          return new NextEntry(ledger.name(), last, who, why).promoted(version(state, version));
        });
  }

  /**
   * Rolls back the champion: the previous one is live again, or none where there was none, and the
   * model is held.
   *
   * @return the new entry, or the one that rolled it back before
   * @throws UserException if it is not the champion
   */
  public LedgerEntry rollBack(Release champion, String who, String why) {
    return ledger.append(
        last -> {
          LedgerEntry state = last.orElseThrow(this::nothingRegistered);
          if (isChampionOrHeld(champion, state)) {
            return rolledBack(champion, state, who, why);
          }
          throw new UserException(
              "version "
                  + champion.version()
                  + " of "
                  + ledger.name()
                  + " is not the champion; "
                  + (state.champion() == null
                      ? "there is none"
                      : "version " + state.champion().version() + " is")
                  + ". A rollback returns from the champion to the one before it; to make version "
                  + champion.version()
                  + " live, promote it");
        });
  }

  /**
   * Rolls back a faulty model, unless another one is the champion by now.
   *
   * @return the new entry, the one that rolled it back before, or the last one where another model
   *     is the champion
   */
  public LedgerEntry rollBackFaulty(Release model, String who, String why) {
    return ledger.append(
        last -> {
          LedgerEntry state = last.orElseThrow(this::nothingRegistered);
          return isChampionOrHeld(model, state) ? rolledBack(model, state, who, why) : state;
        });
  }

  private static boolean isChampionOrHeld(Release model, LedgerEntry state) {
    return model.isSameModelAs(state.champion()) || state.holds(model.digest());
  }

  private LedgerEntry rolledBack(Release model, LedgerEntry state, String who, String why) {
    return model.isSameModelAs(state.champion())
        ? new NextEntry(ledger.name(), Optional.of(state), who, why)
            .rolledBack(beforePrevious(state))
        : rolledBack(state, model.digest());
  }

  /** The newest entry with this model as its subject, this one or an earlier. */
  public Optional<LedgerEntry> lastOf(LedgerEntry state, Digest model) {
    return state.versionOf(model) == 0
        ? Optional.empty()
        : back(state, entry -> entry.subject().digest().equals(model));
  }

  /** The entry that rolled back this model, which is held. */
  public LedgerEntry rolledBack(LedgerEntry state, Digest model) {
    return back(
            state,
            entry -> entry.action() == Action.ROLLED_BACK && entry.subject().digest().equals(model))
        .orElseThrow();
  }

  /** The entry that promoted the champion. */
  public LedgerEntry championEntry(LedgerEntry state) {
    return back(state, entry -> entry.action() != Action.CHALLENGER).orElseThrow();
  }

  /**
   * A version as it was last recorded.
   *
   * @throws UserException if there is no such version
   */
  public Release version(LedgerEntry state, int version) {
    if (version < 1 || version > state.versions()) {
      throw new UserException(
          ledger.name() + " has no version " + version + "; it has 1 to " + state.versions());
    }
    return lastOf(state, state.models().get(version - 1)).orElseThrow().subject();
  }

  // The champion before the previous one, from the entries that promoted the previous one; models
  // that are now held are skipped.
  private @Nullable Release beforePrevious(LedgerEntry state) {
    Release target = state.previous();
    LedgerEntry entry = state;
    while (target != null) {
      Release sought = target;
      Optional<LedgerEntry> promotion =
          back(before(entry), earlier -> sought.isSameModelAs(earlier.champion()));
      entry = promotion.orElseThrow();
      target = entry.previous();
      boolean usable =
          target != null
              && !state.holds(target.digest())
              && !target.isSameModelAs(state.champion())
              && !target.isSameModelAs(state.previous());
      if (usable) {
        return target;
      }
    }
    return null;
  }

  private LedgerEntry before(LedgerEntry entry) {
    return ledger.entry(entry.number() - 1);
  }

  private Optional<LedgerEntry> back(LedgerEntry from, Predicate<LedgerEntry> sought) {
    LedgerEntry entry = from;
    while (!sought.test(entry)) {
      if (entry.number() == 1) {
        return Optional.empty();
      }
      entry = before(entry);
    }
    return Optional.of(entry);
  }

  private UserException nothingRegistered() {
    return new UserException(
        "no model is registered in " + ledger.location(1).toString().replace("/000001.json", ""));
  }
}
