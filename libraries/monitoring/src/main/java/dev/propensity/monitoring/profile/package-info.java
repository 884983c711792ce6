/**
 * Profiles: mergeable counts of the rows that endpoints captured in a window of time, in the bins
 * of one model's baseline.
 *
 * <p>Start with {@link dev.propensity.monitoring.profile.Profile}, which {@link
 * dev.propensity.monitoring.profile.ProfileBuilder} makes of rows.
 */
@NullMarked
package dev.propensity.monitoring.profile;

import org.jspecify.annotations.NullMarked;
