package dev.propensity.tasks.serve.outcome;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.dataset.specification.OutcomeRule;
import dev.propensity.tasks.serve.http.ApiKeys;
import java.util.Optional;

/**
 * Which outcomes are accepted, and from whom.
 *
 * @param name the dataset's name with its origin
 * @param identifier how identifiers are stored
 * @param identifierKey of their HMACs, as {@code PROPENSITY_CAPTURE_KEY} has it
 * @param keys of which a request must send one
 */
public record OutcomeSettings(
    String name,
    OutcomeRule rule,
    CapturedIdentifier identifier,
    Optional<String> identifierKey,
    ApiKeys keys) {}
