package dev.propensity.tasks.teardown;

import dev.propensity.tasks.teardown.resource.Errors;
import dev.propensity.tasks.teardown.resource.Resource;
import dev.propensity.tasks.teardown.resource.ResourceType;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the resources that were found, type by type; continues after errors. */
final class Deletion {
  private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);

  private final Duration timeout;
  private final Errors errors;

  Deletion(Duration timeout, Errors errors) {
    this.timeout = timeout;
    this.errors = errors;
  }

  void of(Inventory there) {
    there.own().forEach(this::delete);
  }

  // All deletions of a type are started before the first is waited for.
  private void delete(ResourceType type, List<Resource> all) {
    List<Resource> going =
        all.stream()
            .filter(resource -> done("delete " + line(type, resource), () -> type.delete(resource)))
            .toList();
    for (Resource resource : going) {
      if (done(
          "wait for the deletion of " + line(type, resource),
          () -> type.await(resource, timeout))) {
        LOG.info("deleted {}", line(type, resource));
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

  private static String line(ResourceType type, Resource resource) {
    return resource.name() + " (" + type.plural() + ")";
  }
}
