/**
 * What all tasks share: command line, result, exit codes, logs.
 *
 * <p>Start with {@link dev.propensity.task.Task}. A task whose artifact follows from its inputs is
 * a {@link dev.propensity.task.ComputationTask}, one that changes something outside a {@link
 * dev.propensity.task.ActionTask}.
 */
package dev.propensity.task;
