/**
 * What all tasks share: command line, result, exit codes, logs.
 *
 * <p>Start with {@link dev.propensity.task.Task}. A task whose artifact follows from its inputs is
 * a {@link dev.propensity.task.ComputationTask}, one whose computation is known only after reading
 * its source a {@link dev.propensity.task.SourceTask}.
 */
@NullMarked
package dev.propensity.task;

import org.jspecify.annotations.NullMarked;
