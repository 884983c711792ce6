package dev.propensity.tasks.serve.http;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API keys, of which a request must send one; several, so that keys can be rotated. */
public final class ApiKeys {
  /** The environment variable with the keys, separated by commas. */
  public static final String VARIABLE = "PROPENSITY_API_KEYS";

  /** The request header with the key. */
  public static final String HEADER = "X-API-Key";

  // Of programs that cannot set a header of their own, such as Prometheus.
  private static final String BEARER = "Bearer ";

  private static final int SHORTEST = 16;

  // Static files and health checks.
  private static final List<String> OPEN =
      List.of("/page/", "/api/v1/docs", "/api/v1/openapi", "/api/v1/health");
  private static final Set<String> SAGEMAKER = Set.of("/ping", "/invocations");

  private final boolean demanded;
  private final boolean sagemaker;
  private final List<byte[]> digests = new ArrayList<>();

  private ApiKeys(boolean demanded, boolean sagemaker, String keys, String variable) {
    this.demanded = demanded;
    this.sagemaker = sagemaker;
    for (String key : split(keys)) {
      if (key.length() < SHORTEST) {
        throw new UserException(
            variable + " has a key of fewer than " + SHORTEST + " characters; use a longer one");
      }
      digests.add(digest(key));
    }
  }

  /** The keys of a variable, separated by commas. */
  public static List<String> split(String keys) {
    return Arrays.stream(keys.split(",")).map(String::strip).filter(key -> !key.isEmpty()).toList();
  }

  /** No key is required. */
  public static ApiKeys off() {
    return new ApiKeys(false, false, "", VARIABLE);
  }

  /**
   * @param keys separated by commas
   * @throws UserException if a key is too short
   */
  public static ApiKeys demanded(String keys) {
    return demanded(keys, VARIABLE);
  }

  /**
   * @param keys separated by commas
   * @param variable the environment variable with them, for errors
   * @throws UserException if a key is too short
   */
  public static ApiKeys demanded(String keys, String variable) {
    return new ApiKeys(true, false, keys, variable);
  }

  /**
   * Required for all routes except those that SageMaker calls without a key; without keys the rest
   * is closed.
   */
  public static ApiKeys sagemaker(String keys) {
    return new ApiKeys(true, true, keys, VARIABLE);
  }

  /**
   * Checks a request's key.
   *
   * @throws Problem with 401 if a key is required and the request has no valid one
   */
  public void check(Context context) {
    // A browser's preflight request (OPTIONS) has no key.
    boolean preflight = context.req().getMethod().equals("OPTIONS");
    if (demanded && !preflight && !isOpen(context.path())) {
      require(context);
    }
  }

  /**
   * Checks the key of a request that needs one, whatever its path.
   *
   * @throws Problem with 401 if it has no valid one
   */
  public void require(Context context) {
    String key = key(context);
    if (key == null || !isKnown(key)) {
      context.header("WWW-Authenticate", "ApiKey header=\"" + HEADER + "\"");
      throw new Problem(401, "send a valid API key in the header " + HEADER);
    }
  }

  private static @Nullable String key(Context context) {
    String key = context.header(HEADER);
    String authorization = context.header("Authorization");
    return key == null
            && authorization != null
            && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : key;
  }

  private boolean isOpen(String path) {
    return path.equals("/")
        || path.equals("/monitoring")
        || path.equals("/ping")
        || path.equals("/api/v1/outcomes") // which has keys of its own
        || sagemaker && SAGEMAKER.contains(path)
        || OPEN.stream().anyMatch(path::startsWith);
  }

  // All keys are compared in constant time, against timing attacks.
  private boolean isKnown(String key) {
    byte[] digest = digest(key);
    boolean known = false;
    for (byte[] one : digests) {
      known |= MessageDigest.isEqual(one, digest);
    }
    return known;
  }

  private static byte[] digest(String key) {
    return Digest.of(key.getBytes(StandardCharsets.UTF_8))
        .hex()
        .getBytes(StandardCharsets.US_ASCII);
  }
}
