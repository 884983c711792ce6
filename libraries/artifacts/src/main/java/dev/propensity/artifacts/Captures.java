package dev.propensity.artifacts;

import dev.propensity.monitoring.capture.Retention;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The segments of rows that endpoints captured, in the store.
 *
 * @param name the dataset's name with its origin
 */
public record Captures(ArtifactStore store, String name) {
  private static final Duration HOUR = Duration.ofHours(1);

  /**
   * A segment.
   *
   * @param id the segment's
   * @param hour in which it was written, by its key
   * @param key its key below the store's root
   * @param modified when it was uploaded, by the clock of S3
   */
  public record Segment(String id, Instant hour, String key, Instant modified) {}

  /** All segments' keys below the store's root, in order. */
  public List<String> keys() {
    return KeptRows.keys(store, SegmentHeader.folder(name), Optional.empty());
  }

  /**
   * The segments of all datasets that are older than they are kept, in the order of their keys. The
   * store is listed once.
   */
  public static List<S3Location> expired(ArtifactStore store, Instant now) {
    return KeptRows.expired(
        store, SegmentHeader.PREFIX, one -> retention(store, one).firstKept(one, now));
  }

  private static Retention retention(ArtifactStore store, String name) {
    S3Location place = store.root().resolve(Retention.key(SegmentHeader.PREFIX, name));
    return store
        .objects()
        .read(place)
        .map(json -> Retention.parse(json, place.toString()))
        .orElse(Retention.DEFAULT);
  }

  /**
   * The segments that may have rows of a window, in the order of their keys: those of its hours, of
   * the hour before and of the hour after, since a server's clock may have been set.
   */
  public List<Segment> around(TimeWindow window) {
    List<Segment> segments = new ArrayList<>();
    Instant hour = window.from().truncatedTo(ChronoUnit.HOURS).minus(HOUR);
    for (; hour.isBefore(window.to().plus(HOUR)); hour = hour.plus(HOUR)) {
      segments.addAll(of(hour));
    }
    return segments;
  }

  private List<Segment> of(Instant hour) {
    String folder = SegmentHeader.folder(name, hour);
    return store.objects().objects(store.root().resolve(folder), Optional.empty()).stream()
        .filter(object -> object.location().key().endsWith(KeptRows.EXTENSION))
        .map(object -> segment(object, hour))
        .toList();
  }

  private Segment segment(StoredObject object, Instant hour) {
    String key = store.relative(object.location());
    String file = key.substring(key.lastIndexOf('/') + 1);
    String id = file.substring(0, file.length() - KeptRows.EXTENSION.length());
    return new Segment(id, hour, key, object.modified());
  }

  /** Where a segment is. */
  public S3Location location(Segment segment) {
    return store.root().resolve(segment.key());
  }
}
