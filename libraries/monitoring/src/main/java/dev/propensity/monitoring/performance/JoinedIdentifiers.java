package dev.propensity.monitoring.performance;

import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.capture.IdentifierKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Makes identifiers that are stored in different ways comparable: with a key, those that are stored
 * as they are become HMACs; without it, they are compared as they are. HMACs by different keys
 * cannot be joined. For one thread.
 */
public final class JoinedIdentifiers {
  private final @Nullable String keyId;
  private final @Nullable Mac mac;
  private final SortedSet<String> hashes = new TreeSet<>();
  private boolean plain;

  /**
   * @param key the value of {@link IdentifierKey#VARIABLE}
   */
  public JoinedIdentifiers(Optional<String> key) {
    IdentifierKey parsed = key.map(IdentifierKey::parse).orElse(null);
    this.keyId = parsed == null ? null : parsed.id();
    this.mac = parsed == null ? null : parsed.mac();
  }

  /**
   * A customer's identifier, comparable.
   *
   * @param stored an HMAC or the identifier
   * @param id of the HMAC's key; null if it is none
   */
  public String of(CapturedIdentifier mode, @Nullable String id, String stored) {
    if (mode == CapturedIdentifier.HMAC) {
      hashes.add(String.valueOf(id));
      return id + ":" + stored;
    }
    plain = true;
    if (mac == null) {
      return stored;
    }
    byte[] utf8 = stored.getBytes(StandardCharsets.UTF_8);
    byte[] hex = IdentifierKey.hex(mac, utf8, 0, utf8.length);
    return keyId + ":" + new String(hex, StandardCharsets.US_ASCII);
  }

  /** The ids of the keys of all HMACs that were seen. */
  public SortedSet<String> keys() {
    return hashes;
  }

  /**
   * Rejects identifiers of both kinds where there is no key, since they would never be equal.
   *
   * @throws UserException naming the variable
   */
  public void requireJoinable() {
    if (plain && mac == null && !hashes.isEmpty()) {
      throw new UserException(
          "some identifiers are HMACs, and those of predictions are not: set "
              + IdentifierKey.VARIABLE
              + " to the key with which they were captured ("
              + String.join(", ", hashes)
              + ")");
    }
  }
}
