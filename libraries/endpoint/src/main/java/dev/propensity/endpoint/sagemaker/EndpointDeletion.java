package dev.propensity.endpoint.sagemaker;

import dev.propensity.endpoint.EndpointState;
import dev.propensity.tracking.LedgerEntry;
import java.util.Optional;

/** Takes an endpoint away whose ledger has no champion: the first model was at fault. */
final class EndpointDeletion {
  private final EndpointOperations operations;
  private final EndpointPoller poller;

  EndpointDeletion(EndpointOperations operations, EndpointPoller poller) {
    this.operations = operations;
    this.poller = poller;
  }

  /** Goes on until there is no endpoint any more. */
  EndpointState run(LedgerEntry entry) throws InterruptedException {
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
        poller.pause(there.get());
      } else {
        operations.delete();
        poller.begin();
      }
    }
  }
}
