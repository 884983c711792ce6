package dev.propensity.tasks.register;

import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import java.util.Optional;

/**
 * What is to become of a candidate in a state of the ledger. Pure.
 *
 * @param why in one line
 */
record RegistrationDecision(Effect effect, String why) {
  /** What is to be done. */
  enum Effect {
    /** It is the champion already. */
    UNCHANGED,
    /** It becomes the champion. */
    RELEASE,
    /** It is put on record, no more. */
    CHALLENGER,
    /** As a challenger, and a person must clear evaluate: the verdict is about another champion. */
    OUTDATED
  }

  /** What a run asks of register. */
  enum ReleaseMode {
    /** By the verdict; a model with other parameters than the specification's stays back. */
    AUTO,
    /** Whatever the verdict, unless the model is held. */
    RELEASE,
    /** Whatever the verdict. */
    CHALLENGER;
  }

  /**
   * Of a model that was rolled back.
   *
   * @param number of the entry that did it
   */
  static RegistrationDecision held(int number) {
    return new RegistrationDecision(
        Effect.CHALLENGER, "it was rolled back in entry " + number + "; promote it by hand");
  }

  /**
   * Of a model that is not held.
   *
   * @param state nothing where nothing was ever registered
   * @param comparedWithChampion whether the evaluation compared with the champion of this state, or
   *     with none where there is none
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
      return new RegistrationDecision(Effect.CHALLENGER, "the run asked for a challenger");
    }
    String reasons = String.join("; ", candidate.verdict().reasons());
    boolean passes = candidate.verdict().decision() == Evaluation.Decision.RELEASE;
    if (request == ReleaseMode.RELEASE) {
      return new RegistrationDecision(
          Effect.RELEASE,
          "the run asked for a release" + (passes ? "" : " against the verdict: " + reasons));
    }
    if (!passes) {
      return new RegistrationDecision(Effect.CHALLENGER, reasons);
    }
    if (champion.isPresent() && !candidate.asSpecified()) {
      return new RegistrationDecision(
          Effect.CHALLENGER,
          "its learner or parameters are not the specification's; promote it by hand");
    }
    if (!comparedWithChampion) {
      return new RegistrationDecision(
          Effect.OUTDATED, "it was not compared with the champion of today");
    }
    return new RegistrationDecision(Effect.RELEASE, reasons);
  }
}
