package dev.propensity.tasks.collect;

import dev.propensity.artifacts.Captures;
import dev.propensity.artifacts.FetchedContent;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.capture.SegmentReader;
import dev.propensity.monitoring.profile.ProfileBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts segments one after another, each fetched into memory: servers close them at some 16 MiB.
 *
 * <p>A segment that cannot be read is named in the profile and left out: the other rows of its
 * window still show a change, and a repaired copy makes another artifact. Only if none of the
 * window's segments can be read, there is no profile, since it would report that nothing was
 * captured.
 */
final class SegmentCounting {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentCounting.class);
  private static final Duration TOLERANCE = Duration.ofMinutes(2);

  private final Captures captures;
  private final ProfileBuilder profile;
  private final FetchedContent content;
  private final SortedMap<String, Digest> digests;
  private int counted; // of the window, damaged ones among them
  private int damaged; // of the window
  private @Nullable UserException first;
  private Duration ahead = Duration.ZERO;

  /**
   * @param profile that counts the rows
   * @param digests gets those of the segments that were counted, or are damaged, by their keys
   */
  SegmentCounting(Captures captures, ProfileBuilder profile, SortedMap<String, Digest> digests) {
    this.captures = captures;
    this.profile = profile;
    this.digests = digests;
    this.content = new FetchedContent(captures.store().objects());
  }

  /**
   * Counts segments.
   *
   * @throws UserException if none of the window can be read
   */
  void count(List<Captures.Segment> segments) throws IOException {
    for (Captures.Segment segment : segments) {
      Digest digest = content.fetch(captures.location(segment));
      if (digest != null && count(segment)) {
        counted++;
        digests.put(segment.key(), digest);
      }
    }
    if (first != null && damaged == counted) {
      throw new UserException(
          "none of the window's segments can be read; the first of "
              + damaged
              + ": "
              + first.getMessage());
    }
    if (ahead.compareTo(TOLERANCE) > 0) {
      LOG.warn("the clock of a server is {} s ahead of that of S3", ahead.toSeconds());
    }
  }

  /** Counts a segment; returns whether the window has something of it. */
  private boolean count(Captures.Segment segment) {
    try {
      return read(segment);
    } catch (UserException e) {
      LOG.warn("{}: its rows are not counted", e.getMessage());
      boolean own = profile.addDamaged(segment.key(), segment.hour());
      if (own) {
        damaged++;
        first = first == null ? e : first;
      }
      return own;
    }
  }

  private boolean read(Captures.Segment segment) {
    try (SegmentReader reader =
        new SegmentReader(content.bytes(), captures.location(segment).toString())) {
      Duration early =
          Duration.between(segment.modified(), Instant.parse(reader.counts().closed()));
      ahead = early.compareTo(ahead) > 0 ? early : ahead;
      return profile.add(segment.id(), segment.hour(), reader);
    }
  }
}
