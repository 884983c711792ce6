package dev.propensity.foundation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(@JsonValue String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  @JsonCreator
  public Digest {
    if (!HEX.matcher(hex).matches()) {
      throw new UserException("'" + hex + "' is not a SHA-256 digest: 64 lower-case hex digits");
    }
  }

  /** The digest of these bytes. */
  public static Digest of(byte[] bytes) {
    MessageDigest digest = sha256();
    digest.update(bytes);
    return finished(digest);
  }

  /** The digest of this text in UTF-8. */
  public static Digest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The digest of the file's bytes. */
  public static Digest of(Path file) {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return finished(digest);
  }

  /** The result of this {@code MessageDigest} of {@link #sha256}; resets it. */
  public static Digest finished(MessageDigest digest) {
    return new Digest(HexFormat.of().formatHex(digest.digest()));
  }

  /** A new SHA-256 computation, for streams. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has SHA-256
    }
  }

  /** The first {@code digits} hexadecimal digits, for readable names. */
  public String abbreviated(int digits) {
    return hex.substring(0, digits);
  }

  @Override
  public String toString() {
    return hex;
  }
}
