package dev.propensity.endpoint.sagemaker;

import dev.propensity.endpoint.EndpointState;
import dev.propensity.tracking.LedgerEntry;
import java.util.Optional;

/** Takes an endpoint away whose ledger has no champion: the first model was at fault. */
final class EndpointDeletion {
  private final EndpointOperations steps;
  private final EndpointPoller watch;

  EndpointDeletion(EndpointOperations steps, EndpointPoller watch) {
    this.steps = steps;
    this.watch = watch;
  }

  /** Goes on until there is no endpoint any more. */
  EndpointState run(LedgerEntry entry) throws InterruptedException {
    while (true) {
      Optional<EndpointDescription> there = watch.look();
      if (there.isEmpty()) {
        return steps.nothing(null, entry.number());
      }
      Optional<EndpointState> other = steps.belongsToAnother(there.get());
      if (other.isPresent()) {
        return other.get();
      }
      if (there.get().isBusy()) {
        watch.pause(there.get());
      } else {
        steps.delete();
        watch.begin();
      }
    }
  }
}
