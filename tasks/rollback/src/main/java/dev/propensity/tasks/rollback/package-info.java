/**
 * The task {@code rollback}: makes the previous version the champion again.
 *
 * <p>It is {@link dev.propensity.tasks.rollback.RollbackTask} alone.
 */
@NullMarked
package dev.propensity.tasks.rollback;

import org.jspecify.annotations.NullMarked;
