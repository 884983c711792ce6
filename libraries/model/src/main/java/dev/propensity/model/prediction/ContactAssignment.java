package dev.propensity.model.prediction;

import dev.propensity.dataset.specification.ContactRule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Assigns customers to {@code offer.explore} and {@code offer.control} at random, but always in the
 * same way: by a number u in [0, 1), the first 53 bits of the HMAC-SHA256 of the identifier in
 * UTF-8, with the key {@code propensity contact/<dataset>/<salt>}. u &lt; explore is contacted, u ≥
 * 1 − control is not. It is independent of the hash that splits rows, so that the groups have as
 * many training rows as all customers. Safe for many threads.
 */
public final class ContactAssignment {
  private static final String ALGORITHM = "HmacSHA256";
  private static final double SCALE = 0x1p-53;

  private final ContactRule rule;
  private final SecretKeySpec key;

  /**
   * @param dataset its name, without that of its origin
   */
  public ContactAssignment(ContactRule rule, String dataset) {
    this.rule = rule;
    String text = "propensity contact/" + dataset + "/" + rule.salt();
    this.key = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** A computation that one thread may use for many identifiers. */
  Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /**
   * The group of a customer.
   *
   * @param mac by {@link #mac}
   * @param utf8 holds the identifier, from {@code from} to {@code to}
   */
  Selection of(Mac mac, byte[] utf8, int from, int to) {
    mac.update(utf8, from, to - from);
    double u = (ByteBuffer.wrap(mac.doFinal()).getLong() >>> 11) * SCALE;
    if (u < rule.explore()) {
      return Selection.EXPLORE;
    }
    return u >= 1 - rule.control() ? Selection.CONTROL : Selection.SCORE;
  }
}
