package dev.propensity.monitoring.performance;

/**
 * The outcomes that were joined.
 *
 * @param batches in which they were
 * @param used outcomes of customers of the window that count
 * @param unanswered of them, those that only say who was contacted
 * @param late of them, those that were received after the horizon
 * @param repeated of them, those that say what an earlier one said
 * @param corrected of them, those that say otherwise; the last one counts
 * @param outside outcomes of customers of the window from before the score or after the horizon,
 *     which do not count
 * @param unknown outcomes in the time of the window whose customers have no score in it
 */
public record OutcomeCounts(
    int batches,
    long used,
    long unanswered,
    long late,
    long repeated,
    long corrected,
    long outside,
    long unknown) {}
