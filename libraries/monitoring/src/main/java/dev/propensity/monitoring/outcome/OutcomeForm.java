package dev.propensity.monitoring.outcome;

import dev.propensity.dataset.specification.DatasetSpec.Label;
import dev.propensity.dataset.specification.OutcomeRule;

/**
 * The columns of a table of outcomes.
 *
 * @param identifier the name of the identifier's column
 * @param label the label's column and words
 * @param rule of the specification's section {@code outcomes}
 */
public record OutcomeForm(String identifier, Label label, OutcomeRule rule) {}
