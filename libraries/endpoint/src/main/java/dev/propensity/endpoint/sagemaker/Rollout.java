package dev.propensity.endpoint.sagemaker;

import dev.propensity.endpoint.EndpointState;
import dev.propensity.endpoint.EndpointState.RejectedRelease;
import dev.propensity.tracking.LedgerEntry;
import java.util.Optional;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;

/**
 * Brings an endpoint on SageMaker to a ledger's champion. It knows nothing but what it finds: at
 * each turn it looks at the endpoint and does the one next thing, so that it may be broken off
 * anywhere, and done twice at once.
 */
final class Rollout {
  private final EndpointOperations operations;
  private final HostedModel desired;
  private final LedgerEntry entry;
  private final EndpointPoller poller;

  /** The configuration that the endpoint was last seen, or begun, to be brought to. */
  private Optional<String> target = Optional.empty();

  /** Whether it was seen under way, by whomever, to what is wanted. */
  private boolean attempted;

  /**
   * @param desired the champion as it is hosted
   */
  Rollout(
      EndpointOperations operations,
      HostedModel desired,
      LedgerEntry entry,
      EndpointPoller poller) {
    this.operations = operations;
    this.desired = desired;
    this.entry = entry;
    this.poller = poller;
  }

  /** Goes on until the endpoint answers with what is wanted, or with something else for good. */
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

  /** What came of it where nothing goes on any more; else the next thing is begun. */
  private Optional<EndpointState> finalState(EndpointDescription description) {
    if (description.isInService()
        && description.configuration().equals(desired.configurationName())) {
      operations.finish(desired);
      return Optional.of(operations.servedState(description, entry.number(), null));
    }
    if (attempted) {
      return Optional.of(failed(description));
    }
    if (target.isPresent()) { // another's change went on: who is champion now is to be asked anew
      return Optional.of(operations.servedState(description, 0, null));
    }
    if (description.status() == EndpointStatus.FAILED) {
      operations.delete();
    } else {
      begun(operations.update(description, desired, entry));
    }
    return Optional.empty();
  }

  private void begun(boolean now) {
    if (now) {
      target = Optional.of(desired.configurationName());
      attempted = true;
    }
    poller.begin();
  }

  /** The model is refused, or, where it is not at fault, this throws. */
  private EndpointState failed(EndpointDescription description) {
    String reason = description.failure().orElse("SageMaker gives no reason");
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
            + " was not brought to version "
            + desired.release().version()
            + (state.digest() == null ? "" : ", the old configuration goes on")
            + ": "
            + reason,
        reason);
  }
}
