package dev.propensity.monitoring.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.propensity.monitoring.capture.SegmentCounts;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the endpoints' servers counted in a window, by the hours of their segments.
 *
 * @param answered rows that were answered, whether captured or not
 * @param sampledOut answered rows that were left out by the share of rows to capture
 * @param dropped answered rows that were lost, since a queue or a disk was full
 * @param rejectedRows rows that were rejected
 * @param rejected rejected cells by column and rule
 * @param gaps the times in which a server was killed, with rows whose number is unknown
 * @param segments how many segments were counted
 * @param servers the processes that wrote them
 * @param damaged the segments that could not be read, by their keys; their rows are not counted
 * @param duplicates rows that were in the segments more than once, and were counted once
 * @param skewed rows in a segment of an hour that their time is not in, whether or not they are in
 *     the window: a server's clock was set
 */
public record Traffic(
    long answered,
    @JsonProperty("sampled_out") long sampledOut,
    long dropped,
    @JsonProperty("rejected_rows") long rejectedRows,
    SortedMap<String, SortedMap<String, Long>> rejected,
    List<SegmentCounts.Gap> gaps,
    long segments,
    SortedSet<String> servers,
    SortedSet<String> damaged,
    long duplicates,
    long skewed) {
  /** Nothing. */
  public static final Traffic NONE =
      new Traffic(
          0,
          0,
          0,
          0,
          Collections.emptySortedMap(),
          List.of(),
          0,
          Collections.emptySortedSet(),
          Collections.emptySortedSet(),
          0,
          0);

  /** What a server counted for one segment. */
  static Traffic of(String server, SegmentCounts counts) {
    return new Traffic(
        counts.answered(),
        counts.sampledOut(),
        counts.dropped(),
        counts.rejectedRows(),
        counts.rejected(),
        counts.gap() == null ? List.of() : List.of(counts.gap()),
        1,
        new TreeSet<>(Set.of(server)),
        Collections.emptySortedSet(),
        0,
        0);
  }

  /** Rows that were counted before, and rows whose time is not in their segment's hour. */
  static Traffic ofRows(long duplicates, long skewed) {
    return new Traffic(
        0,
        0,
        0,
        0,
        Collections.emptySortedMap(),
        List.of(),
        0,
        Collections.emptySortedSet(),
        Collections.emptySortedSet(),
        duplicates,
        skewed);
  }

  /** A gap that a segment after the window has. */
  static Traffic ofGap(SegmentCounts.Gap gap) {
    return new Traffic(
        0,
        0,
        0,
        0,
        Collections.emptySortedMap(),
        List.of(gap),
        0,
        Collections.emptySortedSet(),
        Collections.emptySortedSet(),
        0,
        0);
  }

  /** A segment that could not be read. */
  static Traffic damaged(String key) {
    return new Traffic(
        0,
        0,
        0,
        0,
        Collections.emptySortedMap(),
        List.of(),
        0,
        Collections.emptySortedSet(),
        new TreeSet<>(Set.of(key)),
        0,
        0);
  }

  /** The counts of both. */
  public Traffic plus(Traffic other) {
    SortedMap<String, SortedMap<String, Long>> cells = new TreeMap<>();
    add(cells, rejected);
    add(cells, other.rejected);
    return new Traffic(
        answered + other.answered,
        sampledOut + other.sampledOut,
        dropped + other.dropped,
        rejectedRows + other.rejectedRows,
        cells,
        gaps(gaps, other.gaps),
        segments + other.segments,
        union(servers, other.servers),
        union(damaged, other.damaged),
        duplicates + other.duplicates,
        skewed + other.skewed);
  }

  private static List<SegmentCounts.Gap> gaps(
      List<SegmentCounts.Gap> one, List<SegmentCounts.Gap> other) {
    return Stream.concat(one.stream(), other.stream())
        .distinct()
        .sorted(Comparator.comparing(SegmentCounts.Gap::from).thenComparing(SegmentCounts.Gap::to))
        .toList();
  }

  private static void add(
      SortedMap<String, SortedMap<String, Long>> sum,
      SortedMap<String, SortedMap<String, Long>> more) {
    more.forEach(
        (column, rules) ->
            rules.forEach(
                (rule, count) ->
                    sum.computeIfAbsent(column, same -> new TreeMap<>())
                        .merge(rule, count, Long::sum)));
  }

  static <T> SortedSet<T> union(SortedSet<T> one, SortedSet<T> other) {
    SortedSet<T> union = new TreeSet<>(one);
    union.addAll(other);
    return union;
  }
}
