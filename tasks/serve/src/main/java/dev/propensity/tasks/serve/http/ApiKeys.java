package dev.propensity.tasks.serve.http;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The keys of which a request must show one, several so that one can be put in place of another.
 */
public final class ApiKeys {
  /** The environment's variable with the keys, separated by commas. */
  public static final String VARIABLE = "PROPENSITY_API_KEYS";

  /** The header in which a request shows its key. */
  public static final String HEADER = "X-API-Key";

  private static final int SHORTEST = 16;

  // Files without data, and what tells whether the server is well.
  private static final List<String> OPEN =
      List.of("/page/", "/api/v1/docs", "/api/v1/openapi", "/api/v1/health");
  private static final Set<String> SAGEMAKER = Set.of("/ping", "/invocations");

  private final boolean demanded;
  private final boolean sagemaker;
  private final List<byte[]> digests = new ArrayList<>();

  private ApiKeys(boolean demanded, boolean sagemaker, String keys) {
    this.demanded = demanded;
    this.sagemaker = sagemaker;
    for (String key : keys.split(",")) {
      if (key.isBlank()) {
        continue;
      }
      if (key.strip().length() < SHORTEST) {
        throw new UserException(
            VARIABLE + " has a key of fewer than " + SHORTEST + " characters; make a longer one");
      }
      digests.add(digest(key.strip()));
    }
  }

  /** None is demanded. */
  public static ApiKeys off() {
    return new ApiKeys(false, false, "");
  }

  /**
   * @param keys separated by commas
   * @throws UserException where a key is too short to be one
   */
  public static ApiKeys demanded(String keys) {
    return new ApiKeys(true, false, keys);
  }

  /** Demanded for all but what SageMaker asks, which sends none; without keys the rest is shut. */
  public static ApiKeys sagemaker(String keys) {
    return new ApiKeys(true, true, keys);
  }

  /**
   * Lets a request through.
   *
   * @throws Problem with 401 where it needs a key and shows none that is known
   */
  public void check(Context context) {
    // A browser asks by OPTIONS, without a key, whether it may send one.
    boolean preflight = context.req().getMethod().equals("OPTIONS");
    if (!demanded || preflight || isOpen(context.path())) {
      return;
    }
    String key = context.header(HEADER);
    if (key == null || !isKnown(key)) {
      context.header("WWW-Authenticate", "ApiKey header=\"" + HEADER + "\"");
      throw new Problem(401, "send a key that this server knows as the header " + HEADER);
    }
  }

  private boolean isOpen(String path) {
    return path.equals("/")
        || path.equals("/ping")
        || sagemaker && SAGEMAKER.contains(path)
        || OPEN.stream().anyMatch(path::startsWith);
  }

  // All keys are compared whole, so that the time tells nothing of how much was right.
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
