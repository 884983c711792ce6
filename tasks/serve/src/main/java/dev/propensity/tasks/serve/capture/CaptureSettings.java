package dev.propensity.tasks.serve.capture;

import dev.propensity.dataset.specification.CaptureRule;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.monitoring.capture.IdentifierKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is captured, and where segments are kept until they are uploaded.
 *
 * @param name the dataset's name with its origin
 * @param key of the identifiers' HMACs; null where there are none
 * @param spool the folder
 */
public record CaptureSettings(
    String name, CaptureRule rule, @Nullable IdentifierKey key, Path spool, CaptureLimits limits) {
  /** The environment's variable with the key of the HMACs. */
  public static final String KEY = IdentifierKey.VARIABLE;

  /**
   * @param key as {@link #KEY} has it
   * @param segmentTime without rows after which a segment is closed
   * @param spoolBytes of segments that are not uploaded yet
   * @throws dev.propensity.foundation.UserException if the rule needs a key and there is none, or
   *     it is too short
   */
  public static CaptureSettings of(
      String name,
      CaptureRule rule,
      Optional<String> key,
      Path spool,
      Duration segmentTime,
      long spoolBytes) {
    boolean hashed = rule.identifier() == CapturedIdentifier.HMAC;
    IdentifierKey parsed =
        hashed ? IdentifierKey.parse(key.orElseThrow(IdentifierKey::missing)) : null;
    return new CaptureSettings(
        name, rule, parsed, spool, CaptureLimits.of(segmentTime, spoolBytes));
  }

  /** The same with other limits. */
  CaptureSettings with(CaptureLimits others) {
    return new CaptureSettings(name, rule, key, spool, others);
  }
}
