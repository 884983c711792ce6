package dev.propensity.tasks.serve.http;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * The headers of every response: the request's id, which is the caller's if that is valid, and
 * security headers, which routes may override.
 */
public final class StandardHeaders implements HttpConfiguration.Customizer {
  /** The request's id: the caller's if that is valid, else a new one. */
  public static final String REQUEST_ID = "X-Request-Id";

  /** The caller's id for a prediction, which is returned with it. */
  public static final String INFERENCE_ID = "X-Inference-Id";

  private static final String SAGEMAKER_INFERENCE_ID = "X-Amzn-SageMaker-Inference-Id";
  private static final int MAX_ID_LENGTH = 64;

  private static final List<HttpField> SAFETY =
      List.of(
          new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
          new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
          new PreEncodedHttpField("X-Frame-Options", "DENY"),
          new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
          new PreEncodedHttpField(
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          new PreEncodedHttpField("Cache-Control", "no-store"));

  @Override
  public Request customize(Request request, HttpFields.Mutable answer) {
    HttpFields requested = request.getHeaders();
    String id = requested.get(REQUEST_ID);
    answer.put(REQUEST_ID, isValid(id) ? id : newId());
    String inference = requested.get(INFERENCE_ID);
    if (inference == null) {
      inference = requested.get(SAGEMAKER_INFERENCE_ID);
    }
    if (isValid(inference)) {
      answer.put(INFERENCE_ID, inference);
    }
    addSecurityHeaders(answer);
    return request;
  }

  /** Adds the missing headers if Jetty rejects a request before routing. */
  static void complete(HttpFields.Mutable answer) {
    if (!answer.contains(REQUEST_ID)) {
      answer.put(REQUEST_ID, newId());
    }
    addSecurityHeaders(answer);
  }

  private static void addSecurityHeaders(HttpFields.Mutable answer) {
    for (HttpField field : SAFETY) {
      answer.put(field);
    }
  }

  /** 16 random bytes in hexadecimal: an id, not a secret. */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    StringBuilder id = new StringBuilder(32);
    for (long half : new long[] {random.nextLong(), random.nextLong()}) {
      for (int shift = 60; shift >= 0; shift -= 4) {
        id.append(Character.forDigit((int) (half >>> shift) & 0xF, 16));
      }
    }
    return id.toString();
  }

  private static boolean isValid(String id) {
    if (id == null || id.isEmpty() || id.length() > MAX_ID_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean fine =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '_'
              || c == '.';
      if (!fine) {
        return false;
      }
    }
    return true;
  }
}
