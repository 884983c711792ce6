package dev.propensity.tasks.deploy;

import dev.propensity.endpoint.ChangeInProgressException;
import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.option.Endpoints;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.task.DatasetFile;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import dev.propensity.tasks.deploy.EndpointVerification.VerificationResult;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.LedgerEntry.Action;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseActions;
import dev.propensity.tracking.ReleaseLedger;
import dev.propensity.tracking.Tracking;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deploys a ledger's champion to an endpoint and verifies it. */
@Command(
    name = "deploy",
    description = {
      "Waits until an endpoint serves the released model and verifies it with the model's sample"
          + " rows. A model that fails is rolled back."
    })
public final class DeployTask extends Task {
  private static final Logger LOG = LoggerFactory.getLogger(DeployTask.class);
  private static final String WHO = "deploy";

  @Option(
      names = "--release",
      paramLabel = "URI",
      required = true,
      description = "The ledger entry: the output of register.")
  private String release;

  @Option(
      names = "--endpoint",
      paramLabel = "ENDPOINT",
      defaultValue = "",
      description = {
        "Required. http://host:port of the project's server, or sagemaker:name; or one per dataset"
            + " as JSON: {\"insurance\": \"sagemaker:propensity-dev-insurance\"}. none: there is no"
            + " endpoint, since rows are scored in batches only."
      })
  private String endpoint;

  @Option(
      names = "--dataset",
      paramLabel = "FILE",
      description = {
        "The dataset's specification: a YAML file, or the YAML itself. An endpoint on SageMaker"
            + " stores requests as its section 'capture' says (default: it stores none)."
      })
  private @Nullable String dataset;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Timeout for the endpoint to serve the model (default: 60; on SageMaker 3600).")
  private Integer timeout;

  @Option(
      names = "--no-wait",
      description = {
        "On SageMaker, end as soon as a change of the endpoint is in progress, with the status"
            + " waiting. Run the task again after the change."
      })
  private boolean noWait;

  @Option(
      names = "--begun",
      paramLabel = "CHANGE",
      description = {
        "The change in the result of an earlier run with --no-wait. If the model made it fail, the"
            + " model is rolled back."
      })
  private @Nullable String begun;

  public static void main(String... arguments) {
    Task.main(new DeployTask(), arguments);
  }

  @Override
  protected Outcome perform() throws InterruptedException {
    ArtifactStore store = environment().store();
    S3Location location = S3Location.parse(release);
    ReleaseLedger ledger = ReleaseLedger.of(store, location);
    if (Endpoints.isNone(endpoint, ledger.name())) {
      return champion(store, ledger, location);
    }
    Endpoints endpoints = new Endpoints(environment()::get, () -> store);
    try (Endpoint target = endpoints.of(endpoint, ledger.name())) {
      Endpoint capturing = capture(ledger, location, target);
      Endpoint continued = begun == null ? capturing : capturing.continuing(begun);
      Endpoint deployed = noWait ? continued.withoutWaiting() : continued;
      return deploy(ledger, location, deployed, new RecordedScores(store));
    } catch (ChangeInProgressException e) {
      if (!noWait) {
        throw e;
      }
      return Outcome.waiting(location, e.getMessage(), e.endpoint(), e.change());
    }
  }

  private Endpoint capture(ReleaseLedger ledger, S3Location location, Endpoint target) {
    if (dataset == null || ledger.entry(location).action() == Action.CHALLENGER) {
      return target;
    }
    return new RequestCapturing(new DatasetFile(dataset), environment().store(), ledger.name())
        .on(target);
  }

  /** The champion, which no endpoint serves. */
  private static Outcome champion(ArtifactStore store, ReleaseLedger ledger, S3Location location) {
    LedgerEntry entry = ledger.entry(location);
    if (entry.action() == Action.CHALLENGER) {
      return challenger(ledger, location, entry);
    }
    LedgerEntry state = ledger.newerThan(entry.number()).orElse(entry);
    return Outcome.done(
            ledger.location(state.number()),
            (state.champion() == null
                    ? "there is no champion"
                    : "version " + state.champion().version() + " is the champion")
                + "; no endpoint serves it")
        .with(new DeploymentDetails(store, state, null).map());
  }

  private static Outcome challenger(ReleaseLedger ledger, S3Location location, LedgerEntry entry) {
    return Outcome.skipped(
            location, "version " + entry.subject().version() + " is a challenger: not deployed")
        .with("name", ledger.name());
  }

  private Outcome deploy(
      ReleaseLedger ledger, S3Location location, Endpoint target, RecordedScores samples)
      throws InterruptedException {
    LedgerEntry entry = ledger.entry(location);
    if (entry.action() == Action.CHALLENGER) {
      return challenger(ledger, location, entry);
    }
    Duration timeLimit = timeout == null ? target.defaultTimeout() : Duration.ofSeconds(timeout);
    EndpointVerification verification =
        new EndpointVerification(target, ledger, samples, timeLimit);
    LedgerEntry state = ledger.newerThan(entry.number()).orElse(entry);
    VerificationResult result = verification.of(state);
    while (result.fault().isPresent()) {
      result = verification.of(rollBack(ledger, result));
    }
    failedBefore(ledger, entry, result.state());
    return Outcome.done(
            ledger.location(result.state().number()), summary(entry, result.state(), target))
        .with(new DeploymentDetails(environment().store(), result.state(), target).map());
  }

  private static LedgerEntry rollBack(ReleaseLedger ledger, VerificationResult failed) {
    Release champion = failed.state().champion();
    LOG.error(
        "version {} failed verification: {}",
        Objects.requireNonNull(champion).version(),
        failed.fault().orElseThrow());
    LedgerEntry taken =
        new ReleaseActions(ledger).rollBackFaulty(champion, WHO, failed.fault().orElseThrow());
    return ledger.newerThan(taken.number()).orElse(taken);
  }

  /** Fails if a deployment rolled back the requested release, now or earlier. */
  private void failedBefore(ReleaseLedger ledger, LedgerEntry entry, LedgerEntry state) {
    if (entry.action() == Action.ROLLED_BACK || !state.holds(entry.subject().digest())) {
      return;
    }
    LedgerEntry taken = new ReleaseActions(ledger).rolledBack(state, entry.subject().digest());
    if (taken.number() > entry.number() && taken.who().equals(WHO)) {
      mirror(ledger, state);
      throw new UserException(
          "version "
              + entry.subject().version()
              + " of "
              + ledger.name()
              + " was rolled back: "
              + taken.why()
              + "; "
              + liveVersion(state)
              + " ("
              + ledger.location(taken.number())
              + ")");
    }
  }

  private void mirror(ReleaseLedger ledger, LedgerEntry state) {
    Optional<Tracking> connected = Tracking.connect(environment()::get);
    if (connected.isPresent()) {
      try (Tracking tracking = connected.get()) {
        tracking.mirror(ledger, state);
      }
    }
  }

  private static String summary(LedgerEntry entry, LedgerEntry state, Endpoint target) {
    boolean same = state.champion() != null && entry.subject().isSameModelAs(state.champion());
    String since =
        same || entry.action() == Action.ROLLED_BACK
            ? ""
            : "version " + entry.subject().version() + " is no longer the champion; ";
    return since + target + ": " + liveVersion(state) + ", release " + state.number();
  }

  private static String liveVersion(LedgerEntry state) {
    return state.champion() == null
        ? "no model is live: there is no champion"
        : "version "
            + state.champion().version()
            + " is live, and its sample rows score as recorded";
  }
}
