package dev.propensity.tasks.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The MD5 that object stores send with a file.
 *
 * @param hex 32 lower-case hexadecimal digits
 */
record Md5(String hex) {
  private static final Pattern GOOGLE = Pattern.compile("md5=([A-Za-z0-9+/]{22}==)");
  private static final Pattern PLAIN_TAG = Pattern.compile("\"([0-9a-f]{32})\"");

  /** The digest of the whole file from the response's headers, or null. */
  static @Nullable Md5 of(HttpURLConnection answer) {
    Map<String, List<String>> headers = answer.getHeaderFields();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if ("x-goog-hash".equalsIgnoreCase(header.getKey())) {
        Matcher matcher = GOOGLE.matcher(String.join(",", header.getValue()));
        if (matcher.find()) {
          return new Md5(HexFormat.of().formatHex(Base64.getDecoder().decode(matcher.group(1))));
        }
      }
    }
    String tag = answer.getHeaderField("ETag");
    if (tag != null && isDigestOnS3(answer)) {
      Matcher matcher = PLAIN_TAG.matcher(tag);
      return matcher.matches() ? new Md5(matcher.group(1)) : null;
    }
    return null;
  }

  /** The digest of the file's bytes. */
  static Md5 of(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has MD5
    }
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return new Md5(HexFormat.of().formatHex(digest.digest()));
  }

  // An ETag is the MD5 on Amazon S3 alone, and not of objects that a customer's key encrypts.
  private static boolean isDigestOnS3(HttpURLConnection answer) {
    String encryption = answer.getHeaderField("x-amz-server-side-encryption");
    boolean plain = encryption == null || encryption.toUpperCase(Locale.ROOT).equals("AES256");
    return answer.getHeaderField("x-amz-request-id") != null
        && answer.getHeaderField("x-amz-server-side-encryption-customer-algorithm") == null
        && plain;
  }
}
