/**
 * The task {@code promote}: makes an earlier version the champion.
 *
 * <p>It is {@link dev.propensity.tasks.promote.PromoteTask} alone.
 */
package dev.propensity.tasks.promote;
