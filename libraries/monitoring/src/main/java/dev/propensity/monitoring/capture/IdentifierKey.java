package dev.propensity.monitoring.capture;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key with which identifiers are captured as HMAC-SHA256: whoever has it can find an
 * identifier's rows; nobody else can.
 */
public final class IdentifierKey {
  /** The environment's variable that holds it. */
  public static final String VARIABLE = "PROPENSITY_CAPTURE_KEY";

  private static final int MIN_BYTES = 32;
  private static final int ID_DIGITS = 8;
  private static final String ALGORITHM = "HmacSHA256";
  private static final String ADVICE =
      " base64 of at least " + MIN_BYTES + " random bytes (openssl rand -base64 32)";

  private final byte[] key;

  private IdentifierKey(byte[] key) {
    this.key = key;
  }

  /**
   * Reads a key.
   *
   * @throws UserException without the text, if it is no such key
   */
  public static IdentifierKey parse(String base64) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new UserException(VARIABLE + " is not base64; it must be" + ADVICE);
    }
    if (key.length < MIN_BYTES) {
      throw new UserException(VARIABLE + " has " + key.length + " bytes; it must be" + ADVICE);
    }
    return new IdentifierKey(key);
  }

  /** The error where a key is needed and there is none. */
  public static UserException missing() {
    return new UserException(
        "capture.identifier is hmac, which needs a key: set "
            + VARIABLE
            + " to"
            + ADVICE
            + ", or capture.identifier to plain or none");
  }

  /** Tells keys apart without revealing them: the first digits of the key's SHA-256. */
  public String id() {
    return Digest.of(key).abbreviated(ID_DIGITS);
  }

  /** A computation that one thread may use for many identifiers. */
  public Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** The HMAC of an identifier in hexadecimal digits, as ASCII. */
  public static byte[] hex(Mac mac, byte[] utf8, int from, int to) {
    mac.update(utf8, from, to - from);
    return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
  }
}
