/**
 * A trained model and its directory, with everything that scoring needs.
 *
 * <p>Start with {@link dev.propensity.model.Model}, which reads such a directory, and {@link
 * dev.propensity.model.ModelDirectory}, which writes it. {@link dev.propensity.model.Trainers}
 * lists the learners: a new one is a new package and a line there.
 */
@NullMarked
package dev.propensity.model;

import org.jspecify.annotations.NullMarked;
