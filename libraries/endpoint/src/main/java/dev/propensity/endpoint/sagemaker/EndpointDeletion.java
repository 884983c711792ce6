package dev.propensity.endpoint.sagemaker;

import dev.propensity.endpoint.EndpointState;
import dev.propensity.tracking.LedgerEntry;
import java.util.Optional;

/** Deletes an endpoint whose ledger has no champion, as after the rollback of its first model. */
final class EndpointDeletion {
  private final EndpointOperations operations;
  private final EndpointPoller poller;

  EndpointDeletion(EndpointOperations operations, EndpointPoller poller) {
    this.operations = operations;
    this.poller = poller;
  }

  /**
   * Waits until the endpoint is deleted.
   *
   * @return the live model where another process has created or changed the endpoint meanwhile: it
   *     follows a newer entry of the ledger
   */
  EndpointState run(LedgerEntry entry) throws InterruptedException {
    boolean changed = false; // by another process
    while (true) {
      Optional<EndpointDescription> there = poller.look();
      if (there.isEmpty()) {
        return operations.emptyState(null, entry.number());
      }
      Optional<EndpointState> other = operations.belongsToAnother(there.get());
      if (other.isPresent()) {
        return other.get();
      }
      if (there.get().isBusy()) {
        changed = there.get().target().isPresent();
        poller.pause(there.get());
      } else if (changed) {
        return operations.servedState(there.get(), 0, null);
      } else {
        operations.delete();
        poller.begin(Optional.empty());
      }
    }
  }
}
