/**
 * The task {@code accept}: takes the last monitored windows as the new reference.
 *
 * <p>It is {@link dev.propensity.tasks.accept.AcceptTask} alone.
 */
@NullMarked
package dev.propensity.tasks.accept;

import org.jspecify.annotations.NullMarked;
