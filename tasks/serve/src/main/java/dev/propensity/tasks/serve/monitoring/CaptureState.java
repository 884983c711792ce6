package dev.propensity.tasks.serve.monitoring;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the server has captured since it was started.
 *
 * @param rows captured rows
 * @param dropped rows that were lost, such as by a full queue or disk
 * @param segments uploaded segments
 * @param queueBytes captured rows that are not written yet
 * @param spoolBytes segments that are not uploaded yet
 * @param lagSeconds how long the oldest segment has been waiting for its upload
 */
public record CaptureState(
    long rows,
    long dropped,
    long segments,
    @JsonProperty("queue_bytes") long queueBytes,
    @JsonProperty("spool_bytes") long spoolBytes,
    @JsonProperty("lag_seconds") double lagSeconds) {}
