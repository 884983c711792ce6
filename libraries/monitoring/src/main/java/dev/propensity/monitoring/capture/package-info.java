/**
 * Segments: Arrow IPC files with the rows that an endpoint captured, their scores, and the counts
 * of what it did not capture.
 *
 * <p>Start with {@link dev.propensity.monitoring.capture.SegmentWriter} and {@link
 * dev.propensity.monitoring.capture.SegmentReader}. Depends on no other package of this module.
 */
@NullMarked
package dev.propensity.monitoring.capture;

import org.jspecify.annotations.NullMarked;
