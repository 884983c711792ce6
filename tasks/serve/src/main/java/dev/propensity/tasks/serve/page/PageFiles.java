package dev.propensity.tasks.serve.page;

import dev.propensity.foundation.Digest;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /} and {@code GET /monitoring}: the web pages. Only the files listed here are served;
 * browsers cache and revalidate them.
 */
public final class PageFiles {
  private static final List<String> FILES =
      List.of(
          "page.css",
          "monitoring.css",
          "icon.svg",
          "page.js",
          "assumed.js",
          "monitoring.js",
          "verdict.js",
          "traffic.js",
          "columns.js",
          "timeline.js",
          "comparison.js",
          "model.js",
          "upload.js",
          "results.js",
          "scores.js",
          "chart.js",
          "table.js",
          "problems.js",
          "csv.js",
          "text.js");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml");

  private final String policy;

  /**
   * @param backup the one other origin that the page may call; null for none
   */
  public PageFiles(@Nullable String backup) {
    this.policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
            + (backup == null ? "" : " " + backup)
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  /** Adds a route for each file. */
  public void routes(RoutesConfig routes) {
    add(routes, "/", "index.html");
    add(routes, "/monitoring", "monitoring.html");
    for (String file : FILES) {
      add(routes, "/page/" + file, file);
    }
  }

  private void add(RoutesConfig routes, String path, String file) {
    byte[] bytes = read(file);
    String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
    String tag = '"' + Digest.of(bytes).abbreviated(16) + '"';
    routes.get(path, context -> answer(context, bytes, type, tag));
  }

  private void answer(Context context, byte[] bytes, @Nullable String type, String tag) {
    context.header("Content-Security-Policy", policy);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cache-Control", "no-cache");
    context.header("ETag", tag);
    String known = context.header("If-None-Match");
    if (known != null && known.contains(tag)) {
      context.status(304);
      return;
    }
    context.contentType(type).result(bytes);
  }

  private static byte[] read(String file) {
    try (InputStream in = PageFiles.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
