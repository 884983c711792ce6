package dev.propensity.endpoint.sagemaker;

import dev.propensity.endpoint.EndpointState;
import dev.propensity.endpoint.EndpointState.RejectedRelease;
import dev.propensity.tracking.LedgerEntry;
import java.util.Optional;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;

/**
 * Deploys a ledger's champion to an endpoint on SageMaker. It has no state: each iteration reads
 * the endpoint and takes the next step, so it can be interrupted at any point and run concurrently.
 */
final class Rollout {
  private final EndpointOperations operations;
  private final HostedModel desired;
  private final LedgerEntry entry;
  private final EndpointPoller poller;

  /** The configuration of the last change that was observed or started. */
  private Optional<String> target = Optional.empty();

  /** Whether a change to the desired configuration was observed, by any process. */
  private boolean attempted;

  /**
   * @param desired the champion on SageMaker
   * @param begun the configuration of a change that an earlier run has left in progress
   */
  Rollout(
      EndpointOperations operations,
      HostedModel desired,
      LedgerEntry entry,
      EndpointPoller poller,
      Optional<String> begun) {
    this.operations = operations;
    this.desired = desired;
    this.entry = entry;
    this.poller = poller;
    this.attempted = begun.equals(Optional.of(desired.configurationName()));
  }

  /** Repeats until the desired model is live or its update failed. */
  EndpointState run() throws InterruptedException {
    while (true) {
      Optional<EndpointDescription> there = poller.look();
      if (there.isEmpty()) {
        begun(operations.create(desired));
        continue;
      }
      EndpointDescription description = there.get();
      Optional<EndpointState> other = operations.belongsToAnother(description);
      if (other.isPresent()) {
        return other.get();
      }
      if (description.isBusy()) {
        if (description.target().isPresent()) {
          target = description.target();
          attempted = target.get().equals(desired.configurationName());
        }
        poller.pause(description);
        continue;
      }
      Optional<EndpointState> end = finalState(description);
      if (end.isPresent()) {
        return end.get();
      }
    }
  }

  /** The result where no change is in progress; otherwise starts the next step. */
  private Optional<EndpointState> finalState(EndpointDescription description)
      throws InterruptedException {
    if (description.isInService()
        && description.configuration().equals(desired.configurationName())) {
      operations.finish(desired);
      return Optional.of(operations.servedState(description, entry.number(), null));
    }
    if (attempted) {
      return Optional.of(failed(description));
    }
    if (target.isPresent()) { // another change was in progress: read the champion again
      return Optional.of(operations.servedState(description, 0, null));
    }
    if (description.status() == EndpointStatus.FAILED) {
      operations.delete();
    } else {
      begun(operations.update(description, desired, entry));
    }
    return Optional.empty();
  }

  private void begun(boolean now) throws InterruptedException {
    if (now) {
      target = Optional.of(desired.configurationName());
      attempted = true;
      poller.begin(target);
    } else {
      poller.missed();
    }
  }

  /** Rejects the model; throws where the model is not at fault. */
  private EndpointState failed(EndpointDescription description) {
    String reason = description.failure().orElse("SageMaker returns no reason");
    EndpointState state =
        description.status() == EndpointStatus.FAILED
            ? operations.emptyState(desired.dataset(), 0)
            : operations.servedState(description, 0, null);
    boolean same = desired.release().digest().hex().equals(state.digest());
    if (FailedRollout.isOfTheModel(reason, same)) {
      return new EndpointState(
          state.name(), 0, state.digest(), new RejectedRelease(entry.number(), reason));
    }
    throw FailedRollout.failure(
        desired.endpoint()
            + " was not updated to version "
            + desired.release().version()
            + (state.digest() == null ? "" : ", the old configuration stays live")
            + ": "
            + reason,
        reason);
  }
}
