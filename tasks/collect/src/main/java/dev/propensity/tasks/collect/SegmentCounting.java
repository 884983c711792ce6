package dev.propensity.tasks.collect;

import dev.propensity.artifacts.Captures;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.capture.SegmentReader;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.ProfileBuilder;
import dev.propensity.storage.ObjectStore;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts segments one after another, each fetched into a file.
 *
 * <p>A segment that cannot be read is named in the profile and left out: the other rows of its
 * window still show a change, and a repaired copy makes another artifact. Only if none of the
 * window's segments can be read, there is no profile, since it would report that nothing was
 * captured.
 */
final class SegmentCounting {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentCounting.class);
  private static final Duration TOLERANCE = Duration.ofMinutes(2);

  private final ObjectStore objects;
  private final Captures captures;
  private final ProfileBuilder profile;
  private final Path file;
  private final byte[] buffer = new byte[1 << 16];
  private final SortedMap<String, Digest> digests = new TreeMap<>();
  private int damaged; // of the window
  private @Nullable UserException first;
  private Duration ahead = Duration.ZERO;

  /**
   * @param profile that counts the rows
   * @param scratch an empty folder
   */
  SegmentCounting(Captures captures, ProfileBuilder profile, Path scratch) {
    this.objects = captures.store().objects();
    this.captures = captures;
    this.profile = profile;
    this.file = scratch.resolve("segment.arrow");
  }

  /**
   * Counts segments.
   *
   * @return the profile of all of them
   * @throws UserException if none can be read
   */
  Profile count(List<Captures.Segment> segments) throws IOException {
    for (Captures.Segment segment : segments) {
      Digest digest = fetch(captures.location(segment));
      if (digest != null && count(segment)) {
        digests.put(segment.key(), digest);
      }
    }
    if (first != null && damaged == digests.size()) {
      throw new UserException(
          "none of the window's segments can be read; the first of "
              + damaged
              + ": "
              + first.getMessage());
    }
    if (ahead.compareTo(TOLERANCE) > 0) {
      LOG.warn("the clock of a server is {} s ahead of that of S3", ahead.toSeconds());
    }
    return profile.build();
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

  /** The digests of the segments that were counted, or are damaged, by their keys. */
  SortedMap<String, Digest> digests() {
    return digests;
  }

  /** Fetches a segment; null where it was deleted since it was listed. */
  private @Nullable Digest fetch(S3Location location) throws IOException {
    MessageDigest digest = Digest.sha256();
    try (InputStream in = objects.open(location);
        OutputStream out = Files.newOutputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
      return Digest.finished(digest);
    } catch (UserException e) {
      if (objects.length(location).isPresent()) {
        throw e;
      }
      LOG.warn("{} was deleted meanwhile", location);
      return null;
    }
  }

  private boolean read(Captures.Segment segment) {
    try (SegmentReader reader = new SegmentReader(file, captures.location(segment).toString())) {
      Duration early =
          Duration.between(segment.modified(), Instant.parse(reader.counts().closed()));
      ahead = early.compareTo(ahead) > 0 ? early : ahead;
      return profile.add(segment.id(), segment.hour(), reader);
    }
  }
}
