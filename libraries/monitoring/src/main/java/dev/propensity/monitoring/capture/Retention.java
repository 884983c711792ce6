package dev.propensity.monitoring.capture;

import dev.propensity.foundation.CanonicalJson;
import java.time.Duration;
import java.time.Instant;

/**
 * How long the segments, or the outcomes, of a dataset are kept: {@code
 * <name>/retention/captures.json} and {@code …/outcomes.json}. Who stores them writes it with the
 * own rule, so that {@code prune} need not know the specification. It is not among what it is
 * about, which a bucket's lifecycle rule deletes.
 *
 * @param days from 1
 */
public record Retention(int days) {
  /** What counts where no server has written it: the default of the specification. */
  public static final Retention DEFAULT = new Retention(90);

  /**
   * Its key below the store's root.
   *
   * @param kind what is kept: {@link SegmentHeader#PREFIX} or the prefix of outcomes
   * @param name the dataset's name with its origin
   */
  public static String key(String kind, String name) {
    return name + "/retention/" + kind + ".json";
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
