package dev.propensity.monitoring.capture;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.propensity.foundation.UserException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a server counted since its last segment. Over all segments of a server that was not killed,
 * {@code answered = rows + sampled_out + dropped}.
 *
 * @param rows of the segment
 * @param answered rows that were scored; without those of probes
 * @param sampledOut rows of them that were left out by choice: by the rule's share, or of a large
 *     request
 * @param dropped rows of them that were lost: a buffer or the disk was full, or an excluded column
 *     is unknown
 * @param rejectedRows rows that violated a rule of a column
 * @param rejected by column and rule, how many cells violated it
 * @param gap the time without counts before the server was started; null where there is none
 * @param closed when the segment ended, as {@link Instant} writes it
 */
public record SegmentCounts(
    long rows,
    long answered,
    @JsonProperty("sampled_out") long sampledOut,
    long dropped,
    @JsonProperty("rejected_rows") long rejectedRows,
    SortedMap<String, SortedMap<String, Long>> rejected,
    @Nullable Gap gap,
    String closed) {
  /**
   * A time in which rows were lost, how many is unknown: the server was killed.
   *
   * @param from the end of the last segment before it, or the start of the killed server
   * @param to the next start
   */
  public record Gap(String from, String to) {
    public Gap {
      requireTime(from);
      requireTime(to);
    }

    /** The gap between two times, in their order: a clock may have been set back. */
    public static Gap between(Instant one, Instant other) {
      return one.isAfter(other) ? between(other, one) : new Gap(one.toString(), other.toString());
    }

    private static Gap around(Gap one, Gap other) {
      boolean first = Instant.parse(one.from).isBefore(Instant.parse(other.from));
      boolean last = Instant.parse(one.to).isAfter(Instant.parse(other.to));
      return new Gap(first ? one.from : other.from, last ? one.to : other.to);
    }
  }

  public SegmentCounts {
    requireTime(closed);
  }

  static void requireTime(String text) {
    try {
      Instant.parse(text);
    } catch (DateTimeException e) {
      throw new UserException("'" + text + "' is not a time like 2026-11-30T13:00:00Z", e);
    }
  }

  /** The same counts of a segment with this many rows: others were removed. */
  public SegmentCounts withRows(long kept) {
    return new SegmentCounts(
        kept, answered, sampledOut, dropped, rejectedRows, rejected, gap, closed);
  }

  /** Nothing yet. */
  public static SegmentCounts none(Instant closed) {
    return new SegmentCounts(0, 0, 0, 0, 0, new TreeMap<>(), null, closed.toString());
  }

  /** Both together; a gap is from the first one's start to the last one's end. */
  public SegmentCounts plus(SegmentCounts other) {
    SortedMap<String, SortedMap<String, Long>> cells = new TreeMap<>();
    add(cells, rejected);
    add(cells, other.rejected);
    boolean later = Instant.parse(other.closed).isAfter(Instant.parse(closed));
    return new SegmentCounts(
        rows + other.rows,
        answered + other.answered,
        sampledOut + other.sampledOut,
        dropped + other.dropped,
        rejectedRows + other.rejectedRows,
        cells,
        gap == null ? other.gap : other.gap == null ? gap : Gap.around(gap, other.gap),
        later ? other.closed : closed);
  }

  private static void add(
      SortedMap<String, SortedMap<String, Long>> sum,
      SortedMap<String, SortedMap<String, Long>> more) {
    more.forEach(
        (column, rules) ->
            rules.forEach(
                (rule, count) ->
                    sum.computeIfAbsent(column, key -> new TreeMap<>())
                        .merge(rule, count, Long::sum)));
  }

  /** The same with this gap. */
  public SegmentCounts with(@Nullable Gap other) {
    return new SegmentCounts(
        rows, answered, sampledOut, dropped, rejectedRows, rejected, other, closed);
  }

  /** The same, of a segment that was lost: its rows are dropped ones. */
  public SegmentCounts lost() {
    return new SegmentCounts(
        0, answered, sampledOut, dropped + rows, rejectedRows, rejected, gap, closed);
  }
}
