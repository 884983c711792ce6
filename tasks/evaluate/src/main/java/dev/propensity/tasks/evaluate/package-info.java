/**
 * The task {@code evaluate}: the model's quality on the test split, its verdict, and the page.
 *
 * <p>Start with {@link dev.propensity.tasks.evaluate.EvaluateTask}. What is computed is in {@code
 * model.evaluation}.
 */
@NullMarked
package dev.propensity.tasks.evaluate;

import org.jspecify.annotations.NullMarked;
