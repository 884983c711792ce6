package dev.propensity.tasks.serve.monitoring;

import dev.propensity.artifacts.MonitoringArtifact;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.report.HtmlPage;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.tasks.serve.http.Problem;
import dev.propensity.tracking.MonitoringEntry;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/monitoring}: traffic, scores, releases and monitored windows; {@code GET
 * /reports/<window>}: a window's report.
 */
public final class MonitoringRoutes {
  // That of the report itself, with what a page cannot set for itself.
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action"
          + " 'none'; frame-ancestors 'none'";
  private static final String REPORTS = "/reports/";

  private final MonitoringDocument document;
  private final LedgerCache ledgers;

  public MonitoringRoutes(MonitoringDocument document, LedgerCache ledgers) {
    this.document = document;
    this.ledgers = ledgers;
  }

  /** Adds the routes. */
  public void routes(RoutesConfig routes) {
    routes.get("/api/v1/monitoring", this::answer);
    routes.get(REPORTS + "{window}", this::report);
  }

  /** The path of a window's report. */
  static String path(MonitoringEntry entry, boolean isOnly) {
    return REPORTS + entry.window() + (isOnly ? "" : "?version=" + entry.version());
  }

  private void answer(Context context) {
    context.header("Cache-Control", "no-store");
    context.contentType("application/json").result(document.json(ledgers.current()));
  }

  private void report(Context context) throws IOException {
    String window = context.pathParam("window");
    try {
      TimeWindow.parse(window);
    } catch (UserException e) {
      throw new Problem(404, Objects.requireNonNull(e.getMessage()));
    }
    LedgerSnapshot snapshot = ledgers.current();
    MonitoringEntry entry =
        snapshot
            .window(window, version(context.queryParam("version")))
            .orElseThrow(() -> missing(window, snapshot));
    S3Location uri = Objects.requireNonNull(entry.monitoring(), "monitoring");
    ArtifactStore store = Objects.requireNonNull(ledgers.store(), "a store");
    // On the disk first: a damaged report is an error, not half a page.
    try (WorkFolder work = new WorkFolder()) {
      Path file = fetch(store, uri, work.path());
      context.header("Content-Security-Policy", POLICY);
      context.header("Cache-Control", "no-store");
      context.contentType("text/html;charset=utf-8");
      context.res().setContentLengthLong(Files.size(file));
      Files.copy(file, context.outputStream());
    }
  }

  private static @Nullable Integer version(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new Problem(404, "the version must be a number from 1");
    }
    return Integer.valueOf(text);
  }

  private Problem missing(String window, LedgerSnapshot snapshot) {
    String note = snapshot.note();
    if (note == null || snapshot.read() != null) {
      return new Problem(404, "there is no report of " + window + "; the last 90 windows have one");
    }
    return new Problem(ledgers.store() == null ? 404 : 503, note);
  }

  private static Path fetch(ArtifactStore store, S3Location uri, Path folder) {
    try {
      return MonitoringArtifact.require(store, uri)
          .files()
          .folder(folder, HtmlPage.FILE)
          .resolve(HtmlPage.FILE);
    } catch (UserException | UnavailableException e) {
      throw new Problem(503, "the report cannot be read: " + e.getMessage());
    }
  }
}
