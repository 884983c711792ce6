package dev.propensity.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.propensity.foundation.UserException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A location on S3: {@code s3://bucket/key}.
 *
 * <p>A key is any string: {@code /a}, {@code a//b} and {@code a/} are valid keys, different from
 * {@code a} and {@code a/b}. Prefixes that this project writes to have no such form, see {@link
 * #parse}.
 *
 * @param bucket the bucket's name
 * @param key the object's key or a prefix; empty for the bucket's root
 */
public record S3Location(String bucket, String key) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final int MAX_KEY_LENGTH = 1024;

  public S3Location {
    if (!BUCKET.matcher(bucket).matches()) {
      throw new UserException(
          "'" + bucket + "' is not a bucket's name: 3 to 63 of a-z, 0-9, '.' and '-'");
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_LENGTH) {
      throw new UserException(
          "the key '" + key + "' is longer than the " + MAX_KEY_LENGTH + " bytes that S3 allows");
    }
  }

  /**
   * Parses the URI of a prefix that this project writes to, or of an object that it wrote: {@code
   * s3://bucket/key}. One slash at the end is allowed and dropped.
   *
   * @throws UserException if the string is not such a URI, or its key begins with a slash or has an
   *     empty part in between
   */
  @JsonCreator
  public static S3Location parse(String uri) {
    S3Location given = split(uri);
    String key = given.key.replaceFirst("/$", "");
    if (key.startsWith("/") || key.endsWith("/") || key.contains("//")) {
      throw new UserException(
          "'" + uri + "' is not a prefix to write below: its key has an empty part before a slash");
    }
    return new S3Location(given.bucket, key);
  }

  /**
   * Parses the URI of any object, with its key as it is.
   *
   * @throws UserException if the string is not such a URI
   */
  public static S3Location parseObject(String uri) {
    S3Location object = split(uri);
    if (object.key.isEmpty()) {
      throw new UserException("'" + uri + "' names no object: write s3://bucket/key");
    }
    return object;
  }

  private static S3Location split(String uri) {
    if (!uri.startsWith("s3://")) {
      throw new UserException("'" + uri + "' is not an S3 URI: write s3://bucket/key");
    }
    String rest = uri.substring("s3://".length());
    int slash = rest.indexOf('/');
    return slash < 0
        ? new S3Location(rest, "")
        : new S3Location(rest.substring(0, slash), rest.substring(slash + 1));
  }

  /** The location {@code path} below this one. */
  public S3Location resolve(String path) {
    return new S3Location(bucket, key.isEmpty() ? path : key + "/" + path);
  }

  @Override
  @JsonValue
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}
