package dev.propensity.monitoring.outcome;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What all rows of a batch of outcomes have in common.
 *
 * @param schema the version of the batch's form
 * @param name the dataset's name with its origin
 * @param identifier how identifiers are stored: HMAC or as they are
 * @param key identifies the key of the HMACs, as in a segment's header; null where there are none
 * @param received when the outcomes became known, as {@link Instant} writes it
 */
public record OutcomeHeader(
    int schema, String name, CapturedIdentifier identifier, @Nullable String key, String received) {
  /** The current version of the form. */
  public static final int SCHEMA = 1;

  /** The prefix of all batches below the store's root. */
  public static final String PREFIX = "outcomes";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu/MM/dd").withZone(ZoneOffset.UTC);

  public OutcomeHeader {
    if (schema != SCHEMA) {
      throw new UserException("its schema is " + schema + "; this version reads " + SCHEMA);
    }
    try {
      Instant.parse(received);
    } catch (DateTimeException e) {
      throw new UserException("'" + received + "' is not a time like 2026-11-30T13:00:00Z", e);
    }
  }

  /**
   * The batch's key below the store's root: {@code outcomes/<name>/2026/11/30/<digest>.arrow}, by
   * the day in UTC on which it was received.
   *
   * @param content of its rows, by {@link OutcomeBatchWriter#finish}
   */
  public String key(Digest content) {
    return folder(name, Instant.parse(received)) + "/" + content.hex() + ".arrow";
  }

  /** The prefix of a dataset's batches below the store's root. */
  public static String folder(String name) {
    return PREFIX + "/" + name;
  }

  /** The prefix of a day's batches below the store's root. */
  public static String folder(String name, Instant day) {
    return folder(name) + "/" + DAY.format(day);
  }
}
