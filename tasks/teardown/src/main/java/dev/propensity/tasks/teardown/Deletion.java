package dev.propensity.tasks.teardown;

import dev.propensity.tasks.teardown.resource.Errors;
import dev.propensity.tasks.teardown.resource.Resource;
import dev.propensity.tasks.teardown.resource.ResourceType;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what was found, kind by kind; what goes wrong does not keep the rest. */
final class Deletion {
  private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);

  private final Duration patience;
  private final Errors errors;

  Deletion(Duration patience, Errors errors) {
    this.patience = patience;
    this.errors = errors;
  }

  void of(Inventory there) {
    there.own().forEach(this::delete);
  }

  // All of a kind begins to go before the first is waited for.
  private void delete(ResourceType kind, List<Resource> all) {
    List<Resource> going =
        all.stream()
            .filter(found -> done("delete " + line(kind, found), () -> kind.delete(found)))
            .toList();
    for (Resource found : going) {
      if (done("see the end of " + line(kind, found), () -> kind.await(found, patience))) {
        LOG.info("deleted {}", line(kind, found));
      }
    }
  }

  private boolean done(String what, Runnable work) {
    return errors
        .attempt(
            what,
            () -> {
              work.run();
              return true;
            })
        .orElse(false);
  }

  private static String line(ResourceType kind, Resource found) {
    return found.name() + " (" + kind.plural() + ")";
  }
}
