package dev.propensity.tasks.serve;

import dev.propensity.foundation.UserException;
import dev.propensity.tasks.serve.capture.Capture;
import dev.propensity.tasks.serve.capture.CaptureStats;
import dev.propensity.tasks.serve.capture.RowCapture;
import dev.propensity.tasks.serve.contract.Documentation;
import dev.propensity.tasks.serve.http.CrossOrigin;
import dev.propensity.tasks.serve.http.DrainingConnector;
import dev.propensity.tasks.serve.http.ErrorHandlers;
import dev.propensity.tasks.serve.http.ProblemErrors;
import dev.propensity.tasks.serve.http.RequestLog;
import dev.propensity.tasks.serve.http.StandardHeaders;
import dev.propensity.tasks.serve.metrics.ServerMetrics;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ServedModelDescription;
import dev.propensity.tasks.serve.monitoring.CaptureState;
import dev.propensity.tasks.serve.monitoring.ChampionCollector;
import dev.propensity.tasks.serve.monitoring.DriftCollector;
import dev.propensity.tasks.serve.monitoring.LedgerCache;
import dev.propensity.tasks.serve.monitoring.MonitoringDocument;
import dev.propensity.tasks.serve.monitoring.MonitoringRoutes;
import dev.propensity.tasks.serve.outcome.OutcomeRoute;
import dev.propensity.tasks.serve.page.PageFiles;
import dev.propensity.tasks.serve.page.SampleCsv;
import dev.propensity.tasks.serve.rows.Invocations;
import dev.propensity.tasks.serve.upload.Uploads;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: routes, errors, one log line per request, graceful shutdown. */
final class EndpointServer {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointServer.class);
  private static final Duration FINISH = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final int MAX_THREADS = 64;
  private static final int MIN_THREADS = 4;

  private final ModelHolder holder;
  private final Invocations invocations;
  private final Uploads uploads;
  private final ServerMetrics metrics;
  private final ServerSettings settings;
  private final @Nullable Capture capture;
  private final LedgerCache ledgers;
  private final @Nullable OutcomeRoute outcomes;
  private final Javalin javalin;

  /** Without a store. */
  EndpointServer(ModelHolder holder, ServerSettings settings) {
    this(holder, settings, null, LedgerCache.none());
  }

  /** Without outcomes. */
  EndpointServer(
      ModelHolder holder, ServerSettings settings, @Nullable Capture capture, LedgerCache ledgers) {
    this(holder, settings, capture, ledgers, null);
  }

  /**
   * @param capture of the rows, which the caller starts and closes; null where none are captured
   * @param ledgers what the store has about the dataset
   * @param outcomes accepts outcomes; null where none are
   */
  EndpointServer(
      ModelHolder holder,
      ServerSettings settings,
      @Nullable Capture capture,
      LedgerCache ledgers,
      @Nullable OutcomeRoute outcomes) {
    this.holder = holder;
    this.ledgers = ledgers;
    this.outcomes = outcomes;
    this.settings = settings;
    this.capture = capture;
    this.metrics = new ServerMetrics(holder, capture);
    RowCapture rows = capture == null ? RowCapture.OFF : capture;
    this.uploads = new Uploads(holder, settings.uploads(), metrics.predictionStats(), rows);
    this.invocations = new Invocations(holder, settings.bounds(), metrics.predictionStats(), rows);
    this.javalin = Javalin.create(this::configure);
  }

  /** Starts listening. */
  void start() {
    javalin.start();
    metrics.start();
    metrics.register(new DriftCollector(ledgers));
    metrics.register(new ChampionCollector(ledgers));
    LOG.info("listening on http://{}:{}", settings.host(), javalin.port());
  }

  /** The port that it listens on. */
  int port() {
    return javalin.port();
  }

  /** Accepts no new requests, finishes those in flight, and stops. */
  void stop() {
    javalin.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.prefer405over404 = true;
    config.jetty.threadPool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    config.jetty.modifyServer(EndpointServer::finishGracefully);
    config.jetty.addConnector(this::connector);
    config.requestLogger.http(this::log);
    routes(config.routes);
    ErrorHandlers.register(config.routes);
  }

  // Opened before the server starts, so that a port in use is reported in one line.
  private Connector connector(Server jetty, HttpConfiguration http) {
    http.addCustomizer(new StandardHeaders());
    http.setSendServerVersion(false);
    DrainingConnector connector = new DrainingConnector(jetty, http, FINISH);
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE.toMillis());
    try {
      connector.open();
    } catch (IOException e) {
      throw new UserException(
          "cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + ": it is in use, or not an address of this machine",
          e);
    }
    return connector;
  }

  private void routes(RoutesConfig routes) {
    new PageFiles(settings.peers().backup()).routes(routes);
    new CrossOrigin(settings.peers().origins()).routes(routes);
    routes.before(settings.keys()::check);
    ServedModelDescription description = new ServedModelDescription(settings.peers().backup());
    routes.get(
        "/ping",
        context -> {
          holder.served();
          context.result("ready\n");
        });
    routes.get("/api/v1/model", context -> description.answer(context, holder.get()));
    Health.register(routes, holder);
    metrics.routes(routes);
    new Documentation(holder).routes(routes);
    new MonitoringRoutes(new MonitoringDocument(holder, metrics, this::captured), ledgers)
        .routes(routes);
    routes.get("/api/v1/sample.csv", context -> SampleCsv.answer(context, holder.served()));
    routes.post(ServerMetrics.INVOCATIONS, invocations::answer);
    routes.post(ServerMetrics.UPLOAD, uploads::answer);
    if (outcomes == null) {
      OutcomeRoute.routesOfNone(routes);
    } else {
      outcomes.routes(routes);
    }
  }

  /** What was captured; null if nothing is. */
  private @Nullable CaptureState captured() {
    if (capture == null) {
      return null;
    }
    long dropped =
        Arrays.stream(CaptureStats.Reason.values()).mapToLong(capture.stats()::dropped).sum();
    return new CaptureState(
        capture.stats().rows(),
        dropped,
        capture.stats().segments(),
        capture.queueBytes(),
        capture.spoolBytes(),
        capture.lag().toMillis() / 1000.0);
  }

  private static void finishGracefully(Server server) {
    server.setStopTimeout(FINISH.toMillis());
    server.setHandler(new GracefulHandler());
    server.setErrorHandler(new ProblemErrors());
  }

  // Health checks arrive every few seconds and would hide the rest.
  private void log(Context context, Float milliseconds) {
    String path = context.path();
    if (!path.equals("/ping") && !path.startsWith(Health.PATH)) {
      if (capture != null) {
        capture.offer(context);
      }
      RequestLog.write(context, milliseconds);
      metrics.add(context, milliseconds);
    }
  }
}
