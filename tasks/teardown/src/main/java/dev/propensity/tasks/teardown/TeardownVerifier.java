package dev.propensity.tasks.teardown;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.task.Outcome;
import dev.propensity.tasks.teardown.resource.Backoff;
import dev.propensity.tasks.teardown.resource.Counted;
import dev.propensity.tasks.teardown.resource.Errors;
import dev.propensity.tasks.teardown.resource.ResourceType;
import dev.propensity.tasks.teardown.resource.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Verifies that no resource has a stage's tags, or lists those that do. */
final class TeardownVerifier {
  private final Account account;
  private final Stage stage;
  private final List<ResourceType> types;
  private final Consumer<String> line;

  /**
   * @param line the destination of printed lines
   */
  TeardownVerifier(Account account, Stage stage, List<ResourceType> types, Consumer<String> line) {
    this.account = account;
    this.stage = stage;
    this.types = types;
    this.line = line;
  }

  /**
   * Scans, and repeats while only the tagging API still returns resources.
   *
   * @throws UnavailableException if something is left at the timeout, or cannot be read
   */
  Outcome verify(Duration timeout) {
    Backoff backoff = new Backoff(timeout);
    while (true) {
      Errors errors = new Errors();
      Inventory there = Inventory.of(account, stage, types, errors);
      List<String> left = new ArrayList<>(there.names());
      there.leftovers().forEach(resource -> left.add(resource.name()));
      if (left.isEmpty() && errors.lines().isEmpty()) {
        return Outcome.unchanged(
            null, "no resource in " + account.region() + " has the tags of " + stage.name());
      }
      boolean sure =
          there.size() > 0
              || there.leftovers().stream()
                  .anyMatch(resource -> TerraformLeftovers.isSure(resource.id()));
      if (sure || !errors.lines().isEmpty() || !backoff.lasts()) {
        there.print(line);
        throw new UnavailableException(
            left.isEmpty()
                ? "it could not be verified that nothing is left: " + errors.lines().get(0)
                : Counted.of(left.size(), "resource")
                    + " of "
                    + stage.name()
                    + " left: "
                    + String.join(", ", left));
      }
    }
  }
}
