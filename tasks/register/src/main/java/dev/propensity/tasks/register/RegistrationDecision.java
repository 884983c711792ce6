package dev.propensity.tasks.register;

import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import java.util.Optional;

/**
 * The decision about a candidate in a state of the ledger. Pure.
 *
 * @param why the reason, on one line
 */
record RegistrationDecision(Effect effect, String why) {
  /** The effect of a decision. */
  enum Effect {
    /** It is the champion already. */
    UNCHANGED,
    /** It becomes the champion. */
    RELEASE,
    /** It is only recorded. */
    CHALLENGER,
    /**
     * Recorded as a challenger; evaluate must be cleared, since the verdict is about another
     * champion.
     */
    OUTDATED
  }

  /** What a run requests from register. */
  enum ReleaseMode {
    /**
     * According to the verdict; a model with other parameters than the specification's is not
     * released.
     */
    AUTO,
    /** Released regardless of the verdict, unless the model is held. */
    RELEASE,
    /** A challenger regardless of the verdict. */
    CHALLENGER;
  }

  /**
   * The decision about a model that was rolled back.
   *
   * @param number of the entry that rolled it back
   */
  static RegistrationDecision held(int number) {
    return new RegistrationDecision(
        Effect.CHALLENGER, "it was rolled back in entry " + number + "; promote it manually");
  }

  /**
   * The decision about a model that is not held.
   *
   * @param state empty if no model is registered
   * @param comparedWithChampion whether the evaluation compared with the champion of this state, or
   *     with none if there is none
   */
  static RegistrationDecision of(
      RegistrationCandidate candidate,
      Optional<LedgerEntry> state,
      ReleaseMode request,
      boolean comparedWithChampion) {
    Optional<Release> champion = state.map(LedgerEntry::champion);
    if (champion.filter(release -> release.digest().equals(candidate.digest())).isPresent()) {
      return new RegistrationDecision(Effect.UNCHANGED, "it is the champion");
    }
    if (request == ReleaseMode.CHALLENGER) {
      return new RegistrationDecision(Effect.CHALLENGER, "the run requested a challenger");
    }
    String reasons = String.join("; ", candidate.verdict().reasons());
    boolean passes = candidate.verdict().decision() == Evaluation.Decision.RELEASE;
    if (request == ReleaseMode.RELEASE) {
      return new RegistrationDecision(
          Effect.RELEASE,
          "the run requested a release" + (passes ? "" : " against the verdict: " + reasons));
    }
    if (!passes) {
      return new RegistrationDecision(Effect.CHALLENGER, reasons);
    }
    if (champion.isPresent() && !candidate.asSpecified()) {
      return new RegistrationDecision(
          Effect.CHALLENGER,
          "its learner or parameters differ from the specification; promote it manually");
    }
    if (!comparedWithChampion) {
      return new RegistrationDecision(
          Effect.OUTDATED, "it was not compared with the current champion");
    }
    return new RegistrationDecision(Effect.RELEASE, reasons);
  }
}
