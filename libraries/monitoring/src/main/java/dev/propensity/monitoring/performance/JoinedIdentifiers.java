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
  private final SortedSet<String> scores = new TreeSet<>();
  private final SortedSet<String> outcomes = new TreeSet<>();
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
   * The identifier of a customer who was scored, comparable.
   *
   * @param stored an HMAC or the identifier
   * @param id of the HMAC's key; null if it is none
   */
  public String ofScore(CapturedIdentifier mode, @Nullable String id, String stored) {
    addKey(scores, mode, id);
    return of(mode, id, stored);
  }

  /**
   * The identifier of a customer of whom there is an outcome, comparable.
   *
   * @param stored an HMAC or the identifier
   * @param id of the HMAC's key; null if it is none
   * @param counts whether the outcome is of a time at which it would count: those of other times
   *     may be by any key
   */
  String ofOutcome(CapturedIdentifier mode, @Nullable String id, String stored, boolean counts) {
    if (counts) {
      addKey(outcomes, mode, id);
    }
    return of(mode, id, stored);
  }

  private void addKey(SortedSet<String> keys, CapturedIdentifier mode, @Nullable String id) {
    String used = mode == CapturedIdentifier.HMAC ? String.valueOf(id) : keyId;
    if (used != null) {
      keys.add(used);
    }
  }

  private String of(CapturedIdentifier mode, @Nullable String id, String stored) {
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

  /**
   * Rejects identifiers that would never be equal: of both kinds where there is no key, and HMACs
   * by a key that only scores or only outcomes have. Customers whose outcomes are by another key
   * would be taken for negative ones.
   *
   * @throws UserException naming the variable, or the keys
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
    // Without any outcome, or any score, nothing is taken for something else.
    if (!scores.isEmpty() && !outcomes.isEmpty() && !scores.equals(outcomes)) {
      throw new UserException(
          "scores have identifiers by the keys %s, and outcomes by the keys %s: only equal keys can be joined. If %s was changed within its horizon, this window cannot be measured: those that begin after the change can"
              .formatted(
                  String.join(", ", scores), String.join(", ", outcomes), IdentifierKey.VARIABLE));
    }
  }
}
