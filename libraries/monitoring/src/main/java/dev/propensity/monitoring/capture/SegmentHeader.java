package dev.propensity.monitoring.capture;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all rows of a segment have in common.
 *
 * @param schema the version of the segment's form
 * @param name the dataset's name with its origin
 * @param model the digest of the model that scored the rows
 * @param version the model's number among the dataset's models; null if it has none
 * @param server identifies the server's process
 * @param opened the time of the first row, which is within the segment's hour, as {@link Instant}
 *     writes it
 * @param identifier how identifiers are captured
 * @param key identifies the key of the HMACs: the first 8 hexadecimal digits of its SHA-256; null
 *     where there are none
 * @param exclude the columns that are not captured
 */
public record SegmentHeader(
    int schema,
    String name,
    Digest model,
    @Nullable Integer version,
    String server,
    String opened,
    CapturedIdentifier identifier,
    @Nullable String key,
    List<String> exclude) {
  /** The current version of the form. */
  public static final int SCHEMA = 1;

  /** The prefix of all segments below the store's root. */
  public static final String PREFIX = "captures";

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu/MM/dd/HH").withZone(ZoneOffset.UTC);

  public SegmentHeader {
    if (schema != SCHEMA) {
      throw new UserException("its schema is " + schema + "; this version reads " + SCHEMA);
    }
    SegmentCounts.requireTime(opened);
    exclude = List.copyOf(exclude);
  }

  /** Whether rows have identifiers. */
  @JsonIgnore
  public boolean isIdentified() {
    return identifier != CapturedIdentifier.NONE;
  }

  /**
   * The segment's key below the store's root: {@code captures/<name>/2026/11/30/13/<id>.arrow}, by
   * the hour in UTC in which it was opened.
   *
   * @param id unique
   */
  public String key(String id) {
    return folder(name, Instant.parse(opened)) + "/" + id + ".arrow";
  }

  /** The prefix of a dataset's segments below the store's root. */
  public static String folder(String name) {
    return PREFIX + "/" + name;
  }

  /** The prefix of an hour's segments below the store's root. */
  public static String folder(String name, Instant hour) {
    return folder(name) + "/" + HOUR.format(hour);
  }
}
