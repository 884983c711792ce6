package dev.propensity.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.propensity.foundation.UserException;
import java.util.regex.Pattern;

/**
 * A place on S3: {@code s3://bucket/key}.
 *
 * @param bucket the bucket's name
 * @param key the object's key or a prefix, without a slash at either end; empty for the bucket's
 *     root
 */
public record S3Location(String bucket, String key) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  public S3Location {
    if (!BUCKET.matcher(bucket).matches()) {
      throw new UserException(
          "'" + bucket + "' is not a bucket's name: 3 to 63 of a-z, 0-9, '.' and '-'");
    }
    if (key.startsWith("/") || key.endsWith("/") || key.contains("//")) {
      throw new UserException(
          "'" + key + "' is not a key: no slash at either end and no empty part in between");
    }
  }

  /**
   * Parses {@code s3://bucket/key}; one slash at the end is allowed and dropped.
   *
   * @throws UserException if the text is not such a URI
   */
  @JsonCreator
  public static S3Location parse(String uri) {
    if (!uri.startsWith("s3://")) {
      throw new UserException("'" + uri + "' is not an S3 URI: write s3://bucket/key");
    }
    String rest = uri.substring("s3://".length());
    int slash = rest.indexOf('/');
    if (slash < 0) {
      return new S3Location(rest, "");
    }
    String key = rest.substring(slash + 1);
    return new S3Location(
        rest.substring(0, slash), key.endsWith("/") ? key.substring(0, key.length() - 1) : key);
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
