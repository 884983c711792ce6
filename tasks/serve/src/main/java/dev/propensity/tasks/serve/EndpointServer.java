package dev.propensity.tasks.serve;

import dev.propensity.foundation.UserException;
import dev.propensity.tasks.serve.http.CrossOrigin;
import dev.propensity.tasks.serve.http.Neighbours;
import dev.propensity.tasks.serve.http.PatientConnector;
import dev.propensity.tasks.serve.http.Problem;
import dev.propensity.tasks.serve.http.ProblemErrors;
import dev.propensity.tasks.serve.model.ModelDescription;
import dev.propensity.tasks.serve.model.Slot;
import dev.propensity.tasks.serve.page.PageFiles;
import dev.propensity.tasks.serve.page.SampleCsv;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.rows.Invocations;
import dev.propensity.tasks.serve.upload.UploadBounds;
import dev.propensity.tasks.serve.upload.Uploads;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side: routes, refusals, one log line a request, a graceful stop. */
final class EndpointServer {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointServer.class);
  private static final Duration FINISH = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final int MOST_THREADS = 64;
  private static final int LEAST_THREADS = 4;

  private final Slot slot;
  private final Invocations invocations;
  private final Uploads uploads;
  private final Neighbours neighbours;
  private final String host;
  private final int port;
  private final Javalin javalin;

  EndpointServer(Slot slot, Bounds bounds, UploadBounds uploads, String host, int port) {
    this(slot, bounds, uploads, host, port, Neighbours.none());
  }

  EndpointServer(
      Slot slot,
      Bounds bounds,
      UploadBounds uploads,
      String host,
      int port,
      Neighbours neighbours) {
    this.slot = slot;
    this.uploads = new Uploads(slot, uploads);
    this.invocations = new Invocations(slot, bounds);
    this.neighbours = neighbours;
    this.host = host;
    this.port = port;
    this.javalin = Javalin.create(this::configure);
  }

  /** Starts listening. */
  void start() {
    javalin.start();
    LOG.info("listening on http://{}:{}", host, javalin.port());
  }

  /** The port that it listens on. */
  int port() {
    return javalin.port();
  }

  /** Takes no new requests, finishes those in flight, and stops. */
  void stop() {
    javalin.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.prefer405over404 = true;
    config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
    config.jetty.modifyServer(EndpointServer::finishGracefully);
    config.jetty.addConnector(this::connector);
    config.requestLogger.http(EndpointServer::log);
    routes(config.routes);
    refusals(config.routes);
  }

  // Opened before the server starts, so that a taken port is told in one line of our own.
  private Connector connector(Server jetty, HttpConfiguration http) {
    PatientConnector connector = new PatientConnector(jetty, http, FINISH);
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    try {
      connector.open();
    } catch (IOException e) {
      throw new UserException(
          "cannot listen on " + host + ":" + port + ": it is taken, or no address of this machine",
          e);
    }
    return connector;
  }

  private void routes(RoutesConfig routes) {
    new PageFiles(neighbours.backup()).routes(routes);
    new CrossOrigin(neighbours.origins()).routes(routes);
    ModelDescription description = new ModelDescription(neighbours.backup());
    routes.get(
        "/ping",
        context -> {
          slot.ready();
          context.result("ready\n");
        });
    routes.get("/api/v1/model", context -> description.answer(context, slot.get()));
    routes.get("/api/v1/sample.csv", context -> SampleCsv.answer(context, slot.ready().served()));
    routes.post("/invocations", invocations::answer);
    routes.post("/api/v1/classification/inference/uploadfile", uploads::answer);
  }

  private static void refusals(RoutesConfig routes) {
    routes.exception(Problem.class, EndpointServer::refuse);
    routes.exception(
        HttpResponseException.class,
        (e, context) -> {
          if (e instanceof MethodNotAllowedResponse) {
            context.header("Allow", String.join(", ", e.getDetails().values()));
          }
          refuse(context, e.getStatus(), HttpStatus.getMessage(e.getStatus()));
        });
    routes.exception(
        IOException.class, // the client went away, or sent its body by halves
        (e, context) -> refuse(context, 400, "the body broke off"));
    routes.exception(
        Exception.class,
        (e, context) -> {
          LOG.error("a defect: please report it with these lines", e);
          refuse(context, 500, "a defect of the server; its log tells more");
        });
  }

  private static void refuse(Problem problem, Context context) {
    context.status(problem.status());
    if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE_503) {
      context.header("Retry-After", String.valueOf(problem.retrySeconds()));
    }
    context.contentType("application/problem+json");
    context.result(problem.json(HttpStatus.getMessage(problem.status())));
  }

  private static void refuse(Context context, int status, String detail) {
    refuse(new Problem(status, detail), context);
  }

  private static void finishGracefully(Server server) {
    server.setStopTimeout(FINISH.toMillis());
    server.setHandler(new GracefulHandler());
    server.setErrorHandler(new ProblemErrors());
  }

  // Health checks come every few seconds and would drown the rest.
  private static void log(Context context, Float milliseconds) {
    if (context.path().equals("/ping")) {
      return;
    }
    Integer rows = context.attribute(Invocations.ROWS);
    String model = context.attribute(Invocations.MODEL);
    LOG.info(
        "{} {} {} {} rows {} ms {}",
        context.method(),
        context.path(),
        context.statusCode(),
        rows == null ? 0 : rows,
        milliseconds,
        model == null ? "-" : model);
  }
}
