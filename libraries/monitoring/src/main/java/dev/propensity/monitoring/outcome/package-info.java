/**
 * The outcomes of customers: reading them from a table, with identifiers as endpoints capture them,
 * and the batches in which they are stored.
 *
 * <p>Start with {@link dev.propensity.monitoring.outcome.OutcomeTable} and {@link
 * dev.propensity.monitoring.outcome.OutcomeBatchWriter}.
 */
@NullMarked
package dev.propensity.monitoring.outcome;

import org.jspecify.annotations.NullMarked;
