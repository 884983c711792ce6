package dev.propensity.monitoring.outcome;

import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.specification.CaptureRule;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.capture.IdentifierKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * How identifiers of outcomes are stored: as endpoints capture those of the rows that they score,
 * so that the two can be joined. For one thread.
 */
public final class StoredIdentifiers {
  private final CapturedIdentifier mode;
  private final @Nullable String keyId;
  private final @Nullable Mac mac;

  private StoredIdentifiers(CapturedIdentifier mode, @Nullable IdentifierKey key) {
    this.mode = mode;
    this.keyId = key == null ? null : key.id();
    this.mac = key == null ? null : key.mac();
  }

  /**
   * As the specification says; without a section {@code capture}, as HMAC.
   *
   * @param key the value of {@link IdentifierKey#VARIABLE}
   * @throws UserException where a key is needed and there is none, or identifiers are not captured
   */
  public static StoredIdentifiers of(DatasetSpec spec, Optional<String> key) {
    if (spec.identifier().equals(RowSchema.ROW_NUMBER)) {
      throw new UserException(
          "rows of " + spec.name() + " have no identifiers: outcomes cannot be joined to scores");
    }
    CaptureRule capture = spec.capture();
    return of(capture == null ? CapturedIdentifier.HMAC : capture.identifier(), key);
  }

  /**
   * As they are captured.
   *
   * @param key the value of {@link IdentifierKey#VARIABLE}
   * @throws UserException where a key is needed and there is none, or identifiers are not captured
   */
  public static StoredIdentifiers of(CapturedIdentifier mode, Optional<String> key) {
    return switch (mode) {
      case HMAC ->
          new StoredIdentifiers(
              mode, key.map(IdentifierKey::parse).orElseThrow(IdentifierKey::missing));
      case PLAIN -> new StoredIdentifiers(mode, null);
      case NONE ->
          throw new UserException(
              "capture.identifier is none: outcomes cannot be joined to scores; set it to hmac or"
                  + " plain");
    };
  }

  /** How they are stored. */
  public CapturedIdentifier mode() {
    return mode;
  }

  /** Identifies the key of the HMACs; null where there are none. */
  public @Nullable String keyId() {
    return keyId;
  }

  /** What is stored for an identifier. */
  public String stored(byte[] utf8, int from, int to) {
    return mac == null
        ? new String(utf8, from, to - from, StandardCharsets.UTF_8)
        : new String(IdentifierKey.hex(mac, utf8, from, to), StandardCharsets.US_ASCII);
  }
}
