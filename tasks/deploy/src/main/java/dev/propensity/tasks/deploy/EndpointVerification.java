package dev.propensity.tasks.deploy;

import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.EndpointState;
import dev.propensity.endpoint.ModelFailedException;
import dev.propensity.endpoint.RowsRejectedException;
import dev.propensity.endpoint.ScoringResponse;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Model.SampleRow;
import dev.propensity.storage.Origin;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.ReleaseLedger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Verifies that an endpoint serves a ledger's champion, after it has loaded it. */
final class EndpointVerification {
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** How often a container may fail on the sample rows; it is retried after 1, 2, 3 and 4 s. */
  private static final int FAILURES = 5;

  private final Endpoint endpoint;
  private final ReleaseLedger ledger;
  private final RecordedScores samples;
  private final Duration timeout;

  /**
   * @param timeout how long the endpoint may take to load the champion
   */
  EndpointVerification(
      Endpoint endpoint, ReleaseLedger ledger, RecordedScores samples, Duration timeout) {
    this.endpoint = endpoint;
    this.ledger = ledger;
    this.samples = samples;
    this.timeout = timeout;
  }

  /**
   * The result of a verification.
   *
   * @param state the ledger's last entry, whose champion was verified
   * @param fault why the model failed; empty if the endpoint serves it
   */
  record VerificationResult(LedgerEntry state, Optional<String> fault) {}

  /**
   * Deploys the ledger's champion, or waits until the endpoint has loaded it by itself, and scores
   * the champion's sample rows with it.
   *
   * @throws UnavailableException if the endpoint cannot be reached or does not load the champion in
   *     time
   * @throws UserException if the endpoint serves another dataset
   */
  VerificationResult of(LedgerEntry given) throws InterruptedException {
    LedgerEntry state = given;
    long deadline = System.nanoTime() + timeout.toNanos();
    int failures = 0;
    while (true) {
      String reason;
      try {
        EndpointState seen = endpoint.deploy(state, left(deadline));
        requireName(seen);
        state = newest(state);
        if (state.champion() != null && seen.rejects(state.number())) {
          return new VerificationResult(
              state, Optional.of(Objects.requireNonNull(seen.rejected()).reason()));
        }
        if (answers(seen, state)) {
          Optional<VerificationResult> result = verifyScores(state);
          if (result.isPresent()) {
            return result.get();
          }
        }
        reason = notFollowing(seen, state);
      } catch (ModelFailedException e) {
        failures++;
        if (failures == FAILURES) {
          return new VerificationResult(state, Optional.of(e.getMessage()));
        }
        reason = e.getMessage();
        Thread.sleep(Duration.ofSeconds(failures).toMillis());
      } catch (UnavailableException e) {
        if (!endpoint.followsByItself()) {
          throw e;
        }
        reason = e.getMessage();
      }
      if (System.nanoTime() > deadline) {
        throw new UnavailableException(reason + ", after " + timeout.toSeconds() + " s");
      }
      Thread.sleep(PAUSE.toMillis());
      LedgerEntry newer = newest(state); // a stale entry would take back what is live now
      failures = newer.equals(state) ? failures : 0;
      state = newer;
    }
  }

  private LedgerEntry newest(LedgerEntry state) {
    return ledger.newerThan(state.number()).orElse(state);
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  private void requireName(EndpointState seen) {
    if (seen.name() != null && !Origin.currentName(seen.name()).equals(ledger.name())) {
      throw new UserException(endpoint + " serves " + seen.name() + ", not " + ledger.name());
    }
  }

  private static boolean answers(EndpointState seen, LedgerEntry state) {
    String expected = state.champion() == null ? null : state.champion().digest().hex();
    return seen.release() >= state.number()
        && (expected == null ? seen.digest() == null : expected.equals(seen.digest()));
  }

  /** Empty if another model became live meanwhile. */
  private Optional<VerificationResult> verifyScores(LedgerEntry state) {
    if (state.champion() == null) {
      return Optional.of(new VerificationResult(state, Optional.empty()));
    }
    List<SampleRow> rows = samples.of(state.champion());
    ScoringResponse response;
    try {
      response = endpoint.probing().score(rows.stream().map(SampleRow::row).toList());
    } catch (RowsRejectedException e) {
      return Optional.of(new VerificationResult(state, Optional.of(e.getMessage())));
    }
    String model = response.model();
    if (model == null) {
      throw new UserException("the endpoint's response does not report which model scored");
    }
    String digest = model.substring(model.lastIndexOf('@') + 1);
    if (!state.champion().digest().hex().startsWith(digest)) {
      return Optional.empty();
    }
    return Optional.of(new VerificationResult(state, difference(rows, response.predictions())));
  }

  private static Optional<String> difference(
      List<SampleRow> rows, List<ScoringResponse.Prediction> predictions) {
    if (predictions.size() != rows.size()) {
      return Optional.of(
          predictions.size() + " scores were returned for " + rows.size() + " sample rows");
    }
    for (int i = 0; i < rows.size(); i++) {
      float score = predictions.get(i).score();
      if (score != rows.get(i).score()) {
        return Optional.of(
            "sample row " + (i + 1) + " scores " + score + "; recorded: " + rows.get(i).score());
      }
    }
    return Optional.empty();
  }

  private String notFollowing(EndpointState seen, LedgerEntry state) {
    return endpoint + " still serves release " + seen.release() + ", not " + state.number();
  }
}
