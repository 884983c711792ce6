package dev.propensity.tasks.serve;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.dataset.specification.OutcomeRule;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.outcome.StoredIdentifiers;
import dev.propensity.task.TaskEnvironment;
import dev.propensity.tasks.serve.http.ApiKeys;
import dev.propensity.tasks.serve.outcome.OutcomeSettings;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for accepting outcomes. */
final class OutcomeOptions {
  private static final String KEYS = "PROPENSITY_OUTCOMES_KEYS";

  @Option(
      names = "--outcomes",
      paramLabel = "JSON",
      description = {
        "Accepts outcomes at POST /api/v1/outcomes, by the keys of the section 'outcomes' of a"
            + " dataset's file, such as '{}'; needs --name, and keys of its own in"
            + " PROPENSITY_OUTCOMES_KEYS. Identifiers are stored as --capture says, by default as"
            + " HMAC (default: none are accepted)."
      })
  private @Nullable String outcomes;

  /**
   * Which outcomes are accepted; empty if none are.
   *
   * @param name the dataset's name with its origin; null where one model is served
   * @param identifier how identifiers are captured
   * @throws UserException for an invalid rule, or one without its keys
   */
  Optional<OutcomeSettings> settings(
      TaskEnvironment environment, @Nullable String name, CapturedIdentifier identifier) {
    if (outcomes == null) {
      return Optional.empty();
    }
    if (name == null) {
      throw new UserException(
          "--outcomes needs --name: outcomes are kept by the name of their dataset");
    }
    String keys = environment.get(KEYS).orElse("");
    if (keys.replace(',', ' ').isBlank()) {
      throw new UserException("--outcomes needs keys of its own: set " + KEYS + " to one or more");
    }
    OutcomeRule rule = OutcomeRule.parse(outcomes, "--outcomes");
    Optional<String> key = environment.get(IdentifierKey.VARIABLE);
    StoredIdentifiers.of(identifier, key); // rejects a missing key before the server listens
    ApiKeys own = ApiKeys.demanded(keys, KEYS);
    List<String> others = ApiKeys.split(environment.get(ApiKeys.VARIABLE).orElse(""));
    if (!Collections.disjoint(ApiKeys.split(keys), others)) {
      throw new UserException(
          KEYS
              + " and "
              + ApiKeys.VARIABLE
              + " have a key in common: use different ones, since senders of outcomes may not"
              + " read");
    }
    return Optional.of(new OutcomeSettings(name, rule, identifier, key, own));
  }
}
