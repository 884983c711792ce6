package dev.propensity.tasks.serve.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;

/**
 * Allows pages of configured other origins to call this server from a browser: the Fetch standard's
 * CORS.
 */
public final class CrossOrigin {
  private static final List<String> PATHS =
      List.of("/api/v1/model", "/api/v1/sample.csv", "/api/v1/classification/inference/uploadfile");
  private static final String READABLE =
      "Retry-After, Propensity-Model, Propensity-Csv, Propensity-Identifier, Propensity-Duplicates,"
          + " Propensity-Unseen, Propensity-Doubtful, Propensity-Look-Alikes, X-Request-Id";
  private static final int PREFLIGHT_SECONDS = 600;

  private final Set<String> origins;

  /**
   * @param origins like {@code http://127.0.0.1:8081}
   */
  public CrossOrigin(Set<String> origins) {
    this.origins = origins;
  }

  /** Adds the CORS handlers; does nothing if no origin is configured. */
  public void routes(RoutesConfig routes) {
    if (origins.isEmpty()) {
      return;
    }
    for (String path : PATHS) {
      routes.before(path, this::allow);
      routes.options(path, CrossOrigin::preflight);
    }
  }

  private void allow(Context context) {
    context.header("Vary", "Origin");
    String origin = context.header("Origin");
    if (origin != null && origins.contains(origin)) {
      context.header("Access-Control-Allow-Origin", origin);
      context.header("Access-Control-Expose-Headers", READABLE);
    }
  }

  private static void preflight(Context context) {
    context.header("Access-Control-Allow-Methods", "GET, POST");
    String headers = context.header("Access-Control-Request-Headers");
    if (headers != null) {
      context.header("Access-Control-Allow-Headers", headers);
    }
    context.header("Access-Control-Max-Age", String.valueOf(PREFLIGHT_SECONDS));
    context.status(204);
  }
}
