package dev.propensity.monitoring.capture;

import dev.propensity.foundation.CanonicalJson;
import java.time.Duration;
import java.time.Instant;

/**
 * How long the segments of a dataset are kept: {@code captures/<name>/retention.json}, which each
 * server writes with its own rule, so that {@code prune} need not know the specification.
 *
 * @param days from 1
 */
public record Retention(int days) {
  /** What counts where no server has written it: the default of the specification. */
  public static final Retention DEFAULT = new Retention(90);

  /** Its key below the store's root. */
  public static String key(String name) {
    return SegmentHeader.folder(name) + "/retention.json";
  }

  /**
   * Reads it.
   *
   * @param where for errors
   */
  public static Retention parse(byte[] json, String where) {
    return CanonicalJson.read(json, Retention.class, where);
  }

  /**
   * The folder of the first hour whose segments are kept; those before it, in the order of keys,
   * are to be deleted.
   *
   * @param name the dataset's name with its origin
   */
  public String firstKept(String name, Instant now) {
    return SegmentHeader.folder(name, now.minus(Duration.ofDays(days)));
  }
}
