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

/** Proves that nothing bears a stage's tags, or says what does. */
final class TeardownVerifier {
  private final Account account;
  private final Stage stage;
  private final List<ResourceType> kinds;
  private final Consumer<String> line;

  /**
   * @param line where lines for people go
   */
  TeardownVerifier(Account account, Stage stage, List<ResourceType> kinds, Consumer<String> line) {
    this.account = account;
    this.stage = stage;
    this.kinds = kinds;
    this.line = line;
  }

  /**
   * Looks, and again while all that is left is told by the tagging API alone.
   *
   * @throws UnavailableException if something is left when patience ends, or cannot be looked at
   */
  Outcome nothingIsLeft(Duration whole) {
    Backoff patience = new Backoff(whole);
    while (true) {
      Errors errors = new Errors();
      Inventory there = Inventory.of(account, stage, kinds, errors);
      List<String> left = new ArrayList<>(there.names());
      there.remains().forEach(found -> left.add(found.name()));
      if (left.isEmpty() && errors.lines().isEmpty()) {
        return Outcome.unchanged(
            null, "nothing in " + account.region() + " bears the tags of " + stage.name());
      }
      boolean sure =
          there.size() > 0
              || there.remains().stream().anyMatch(found -> TerraformLeftovers.isSure(found.id()));
      if (sure || !errors.lines().isEmpty() || !patience.lasts()) {
        there.tell(line);
        throw new UnavailableException(
            left.isEmpty()
                ? "it could not be proven that nothing is left: " + errors.lines().get(0)
                : Counted.of(left.size(), "thing")
                    + " of "
                    + stage.name()
                    + " left: "
                    + String.join(", ", left));
      }
    }
  }
}
