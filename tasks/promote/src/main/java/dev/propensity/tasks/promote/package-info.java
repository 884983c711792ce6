/**
 * The task {@code promote}: makes an earlier version the champion.
 *
 * <p>It is {@link dev.propensity.tasks.promote.PromoteTask} alone.
 */
@NullMarked
package dev.propensity.tasks.promote;

import org.jspecify.annotations.NullMarked;
