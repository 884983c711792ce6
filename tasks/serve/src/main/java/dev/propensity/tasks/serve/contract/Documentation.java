package dev.propensity.tasks.serve.contract;

import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ServedModel;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

/**
 * {@code /api/v1/openapi.yaml} and {@code /api/v1/docs}: the API's description and its
 * documentation page.
 */
public final class Documentation {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final Map<String, String> FILES =
      Map.of(
          "swagger-ui-bundle.js", "text/javascript;charset=utf-8",
          "swagger-ui.css", "text/css;charset=utf-8");

  /** Swagger UI's folder in its jar, whose name contains the version; looked up at first use. */
  private static final class Ui {
    static final String FOLDER = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";

    private static String version() {
      Properties properties = new Properties();
      try (InputStream in = open("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
        properties.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return properties.getProperty("version");
    }
  }

  private final ModelHolder holder;

  /**
   * @param holder holds the model whose columns are in the API's description
   */
  public Documentation(ModelHolder holder) {
    this.holder = holder;
  }

  /** Adds the routes. Files are read at the first request. */
  public void routes(RoutesConfig routes) {
    routes.get(
        "/api/v1/openapi.yaml",
        context ->
            context
                .contentType("application/yaml")
                .result(Contract.yaml(served()).getBytes(StandardCharsets.UTF_8)));
    routes.get(
        "/api/v1/openapi.json",
        context ->
            context
                .contentType("application/json")
                .result(Contract.json(served()).getBytes(StandardCharsets.UTF_8)));
    routes.get("/api/v1/docs", context -> page(context, "docs.html", "text/html;charset=utf-8"));
    routes.get(
        "/api/v1/docs/docs.js",
        context -> page(context, "docs.js", "text/javascript;charset=utf-8"));
    routes.get("/api/v1/docs/{file}", Documentation::file);
  }

  private ServedModel served() {
    return holder.served();
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
    context.contentType(type).result(open(Ui.FOLDER + file));
  }

  private static InputStream open(String resource) {
    InputStream in = Documentation.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("the jars lack " + resource);
    }
    return in;
  }
}
