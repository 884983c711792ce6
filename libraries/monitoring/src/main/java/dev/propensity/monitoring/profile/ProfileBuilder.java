package dev.propensity.monitoring.profile;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Baseline;
import dev.propensity.monitoring.capture.SegmentBatch;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts the rows of segments in one pass. Rows count by their own time, what the server counted by
 * the segment's hour, and gaps by theirs. A row that several segments have counts once. The result
 * does not depend on the order of the segments.
 *
 * <p>Holds one segment in memory, and 11 to 21 bytes for each row.
 */
public final class ProfileBuilder {
  private final String name;
  private final TimeWindow window;
  private final Digest model;
  private final Encoder encoder;
  private final ColumnCounter[] columns;
  private final Baseline baseline;
  private final SortedMap<Integer, GroupCounter> groups = new TreeMap<>(); // by place
  private final Bins scores;
  private final RowSelection selection;
  private final SortedMap<String, Long> models = new TreeMap<>();
  private final SortedSet<String> excluded = new TreeSet<>();
  private final Set<String> ids = new HashSet<>();
  private Traffic traffic = Traffic.NONE;
  private long rows;
  private long millionths;

  /**
   * Counts nothing yet.
   *
   * @param name the dataset's name with its origin
   * @param model the digest of the model
   * @param encoder the model's
   * @param baseline the model's
   */
  public ProfileBuilder(
      String name, TimeWindow window, Digest model, Encoder encoder, Baseline baseline) {
    this.name = name;
    this.window = window;
    this.model = model;
    this.encoder = encoder;
    this.baseline = baseline;
    this.columns = new ColumnCounter[encoder.columns().size()];
    for (int place = 0; place < columns.length; place++) {
      columns[place] = new ColumnCounter(encoder, place, baseline);
    }
    this.scores = new Bins(baseline.scores());
    this.selection = new RowSelection(window);
  }

  /**
   * Counts the scores of columns by group, too.
   *
   * @param sensitive the columns' names; those that the model does not have are ignored
   * @param threshold the model's, from which on a score is selected
   */
  public ProfileBuilder byGroup(Collection<String> sensitive, double threshold) {
    for (String column : sensitive) {
      int place = encoder.find(column);
      if (place >= 0) {
        String name = encoder.columns().get(place).name();
        groups.put(place, new GroupCounter(encoder, place, baseline.column(name), threshold));
      }
    }
    return this;
  }

  /**
   * Counts a segment.
   *
   * @param id the segment's; another segment with the same one is a copy
   * @param hour in which the segment was written, by its key
   * @return whether the window has something of it
   * @throws UserException if it is damaged or of another dataset; then nothing of it is counted
   */
  public boolean add(String id, Instant hour, SegmentReader segment) {
    if (!segment.header().name().equals(name)) {
      throw new UserException("it has rows of " + segment.header().name() + ", not of " + name);
    }
    List<SegmentBatch> batches = new ArrayList<>();
    for (SegmentBatch batch = segment.next(); batch != null; batch = segment.next()) {
      batches.add(batch);
    }
    long before = rows;
    boolean own = window.contains(hour);
    if (own && ids.add(id)) {
      traffic = traffic.plus(Traffic.of(segment.header().server(), segment.counts()));
    }
    SegmentCounts.Gap gap = segment.counts().gap();
    boolean began = false;
    if (!own && gap != null && isWithin(gap)) {
      began = true;
      traffic = traffic.plus(Traffic.ofGap(gap));
    }
    int[] places = places(segment.columns());
    long duplicates = 0;
    long skewed = 0;
    for (SegmentBatch batch : batches) {
      selection.select(batch, hour.toEpochMilli());
      count(batch, places, segment.header().model());
      duplicates += selection.duplicates();
      skewed += own ? selection.skewed() : 0;
    }
    boolean counted = own || rows > before || duplicates > 0;
    if (counted) {
      exclude(segment.columns());
    }
    traffic = traffic.plus(Traffic.ofRows(duplicates, skewed));
    return counted || began;
  }

  /**
   * Counts a segment that could not be read.
   *
   * @param key the segment's
   * @param hour in which it was written, by its key
   * @return whether it is of the window
   */
  public boolean addDamaged(String key, Instant hour) {
    boolean own = window.contains(hour);
    if (own) {
      traffic = traffic.plus(Traffic.damaged(key));
    }
    return own;
  }

  /** Whether a part of the gap is in the window: the next start of the server may be after it. */
  private boolean isWithin(SegmentCounts.Gap gap) {
    return Instant.parse(gap.from()).isBefore(window.to())
        && !Instant.parse(gap.to()).isBefore(window.from());
  }

  /** By column of the segment, its place in the encoder, or -1. */
  private int[] places(List<String> names) {
    return names.stream().mapToInt(encoder::find).toArray();
  }

  private void exclude(List<String> captured) {
    Set<Integer> places = new HashSet<>();
    captured.forEach(column -> places.add(encoder.find(column)));
    for (int place = 0; place < columns.length; place++) {
      if (!places.contains(place)) {
        excluded.addAll(columns[place].features());
      }
    }
  }

  private void count(SegmentBatch batch, int[] places, Digest answered) {
    int size = selection.size();
    rows += size;
    if (size > 0) {
      models.merge(answered.hex(), (long) size, Long::sum);
    }
    if (answered.equals(model)) {
      for (int i = 0; i < size; i++) {
        float score = batch.score(selection.row(i));
        scores.add(score);
        millionths += Profile.millionths(score);
      }
    }
    for (int column = 0; column < places.length; column++) {
      if (places[column] >= 0) {
        columns[places[column]].add(batch, column, selection);
        GroupCounter counter = groups.get(places[column]);
        if (counter != null && answered.equals(model)) {
          counter.add(batch, column, selection);
        }
      }
    }
  }

  /** The profile of all segments that were added. */
  public Profile build() {
    SortedMap<String, ColumnProfile> profiles = new TreeMap<>();
    for (ColumnCounter column : columns) {
      column.putTo(profiles);
    }
    SortedMap<String, GroupScores> scored = new TreeMap<>();
    groups.forEach(
        (place, counter) -> scored.put(encoder.columns().get(place).name(), counter.scores()));
    return new Profile(
        Profile.SCHEMA,
        name,
        window,
        model,
        rows,
        models.getOrDefault(model.hex(), 0L),
        models,
        traffic,
        profiles,
        excluded,
        new Profile.Scores(scores.counts()),
        scored,
        Profile.ofMillionths(millionths));
  }
}
