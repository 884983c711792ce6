package dev.propensity.endpoint.sagemaker;

import dev.propensity.endpoint.EndpointState;
import dev.propensity.endpoint.EndpointState.Refusal;
import dev.propensity.tracking.LedgerEntry;
import java.util.Optional;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;

/**
 * Brings an endpoint on SageMaker to a ledger's champion. It knows nothing but what it finds: at
 * each turn it looks at the endpoint and does the one next thing, so that it may be broken off
 * anywhere, and done twice at once.
 */
final class Rollout {
  private final EndpointOperations steps;
  private final HostedModel wanted;
  private final LedgerEntry entry;
  private final EndpointPoller watch;

  /** The configuration that the endpoint was last seen, or begun, to be brought to. */
  private Optional<String> target = Optional.empty();

  /** Whether it was seen under way, by whomever, to what is wanted. */
  private boolean attempted;

  /**
   * @param wanted the champion as it is hosted
   */
  Rollout(EndpointOperations steps, HostedModel wanted, LedgerEntry entry, EndpointPoller watch) {
    this.steps = steps;
    this.wanted = wanted;
    this.entry = entry;
    this.watch = watch;
  }

  /** Goes on until the endpoint answers with what is wanted, or with something else for good. */
  EndpointState run() throws InterruptedException {
    while (true) {
      Optional<EndpointDescription> there = watch.look();
      if (there.isEmpty()) {
        begun(steps.create(wanted));
        continue;
      }
      EndpointDescription standing = there.get();
      Optional<EndpointState> other = steps.belongsToAnother(standing);
      if (other.isPresent()) {
        return other.get();
      }
      if (standing.isBusy()) {
        if (standing.target().isPresent()) {
          target = standing.target();
          attempted = target.get().equals(wanted.configurationName());
        }
        watch.pause(standing);
        continue;
      }
      Optional<EndpointState> end = settled(standing);
      if (end.isPresent()) {
        return end.get();
      }
    }
  }

  /** What came of it where nothing goes on any more; else the next thing is begun. */
  private Optional<EndpointState> settled(EndpointDescription standing) {
    if (standing.isInService() && standing.configuration().equals(wanted.configurationName())) {
      steps.finish(wanted);
      return Optional.of(steps.answering(standing, entry.number(), null));
    }
    if (attempted) {
      return Optional.of(failed(standing));
    }
    if (target.isPresent()) { // another's change went on: who is champion now is to be asked anew
      return Optional.of(steps.answering(standing, 0, null));
    }
    if (standing.status() == EndpointStatus.FAILED) {
      steps.delete();
    } else {
      begun(steps.update(standing, wanted, entry));
    }
    return Optional.empty();
  }

  private void begun(boolean now) {
    if (now) {
      target = Optional.of(wanted.configurationName());
      attempted = true;
    }
    watch.begin();
  }

  /** The model is refused, or, where it is not at fault, this throws. */
  private EndpointState failed(EndpointDescription standing) {
    String reason = standing.failure().orElse("SageMaker gives no reason");
    EndpointState answering =
        standing.status() == EndpointStatus.FAILED
            ? steps.nothing(wanted.dataset(), 0)
            : steps.answering(standing, 0, null);
    boolean same = wanted.release().digest().hex().equals(answering.digest());
    if (FailedRollout.isOfTheModel(reason, same)) {
      return new EndpointState(
          answering.name(), 0, answering.digest(), new Refusal(entry.number(), reason));
    }
    throw FailedRollout.failure(
        wanted.endpoint()
            + " was not brought to version "
            + wanted.release().version()
            + (answering.digest() == null ? "" : ", the old configuration goes on")
            + ": "
            + reason,
        reason);
  }
}
