package dev.propensity.tasks.serve.contract;

import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.model.Slot;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.InputStream;
import java.util.Map;

/** {@code /api/v1/openapi.yaml} and {@code /api/v1/docs}: the API for programs and for people. */
public final class Documentation {
  private static final String UI = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final Map<String, String> FILES =
      Map.of(
          "swagger-ui-bundle.js", "text/javascript;charset=utf-8",
          "swagger-ui.css", "text/css;charset=utf-8");

  private final Slot slot;

  public Documentation(Slot slot) {
    this.slot = slot;
  }

  /** Adds the routes. Nothing is read before it is asked for. */
  public void routes(RoutesConfig routes) {
    routes.get(
        "/api/v1/openapi.yaml",
        context -> context.contentType("application/yaml").result(Contract.yaml(served())));
    routes.get(
        "/api/v1/openapi.json",
        context -> context.contentType("application/json").result(Contract.json(served())));
    routes.get("/api/v1/docs", context -> page(context, "docs.html", "text/html;charset=utf-8"));
    routes.get(
        "/api/v1/docs/docs.js",
        context -> page(context, "docs.js", "text/javascript;charset=utf-8"));
    routes.get("/api/v1/docs/{file}", Documentation::file);
  }

  private ServedModel served() {
    return slot.ready().served();
  }

  private static void page(Context context, String file, String type) {
    context.header("Content-Security-Policy", POLICY);
    context.header("Cache-Control", "no-cache");
    context.contentType(type).result(open(file));
  }

  private static void file(Context context) {
    String file = context.pathParam("file");
    String type = FILES.get(file);
    if (type == null) {
      throw new NotFoundResponse();
    }
    context.header("Cache-Control", "max-age=86400");
    context.contentType(type).result(open(UI + file));
  }

  private static InputStream open(String resource) {
    InputStream in = Documentation.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("the jars lack " + resource);
    }
    return in;
  }
}
