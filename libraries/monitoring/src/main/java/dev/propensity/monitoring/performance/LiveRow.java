package dev.propensity.monitoring.performance;

import dev.propensity.model.prediction.Selection;

/**
 * A customer's score and outcome.
 *
 * @param isPositive whether there was a positive outcome within the horizon
 * @param isContacted whether the customer was contacted
 */
record LiveRow(float score, boolean isPositive, boolean isContacted, Selection selection) {}
