package dev.propensity.tasks.serve.metrics;

import dev.propensity.tasks.serve.capture.Capture;
import dev.propensity.tasks.serve.http.Attributes;
import dev.propensity.tasks.serve.model.ModelHolder;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /metrics}: requests, errors and latencies by route, and the metrics of {@link
 * ModelCollector}. The registry is created in parallel to the server's start, so that the start
 * does not wait for it.
 */
public final class ServerMetrics {
  /** The path of requests for a few rows. */
  public static final String INVOCATIONS = "/invocations";

  /** The path of uploaded files. */
  public static final String UPLOAD = "/api/v1/classification/inference/uploadfile";

  private static final Duration[] LATENCIES = {
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };

  // With zero from the start: Prometheus sees no increase in the first value of a series, and a
  // server may fail for the first time at all its requests.
  private static final List<Route> PREDICTIONS =
      IntStream.of(200, 500, 503)
          .boxed()
          .flatMap(
              status ->
                  Stream.of(
                      new Route("POST", INVOCATIONS, status, false),
                      new Route("POST", INVOCATIONS, status, true),
                      new Route("POST", UPLOAD, status, true)))
          .toList();

  /**
   * The requests of one series.
   *
   * @param large whether they are for many rows at once
   */
  record Route(String method, String path, int status, boolean large) {}

  private final Instant since = Instant.now();
  private final ModelHolder holder;
  private final @Nullable Capture capture;
  private final PredictionStats stats = new PredictionStats();
  private final Map<Route, Timer> timers = new ConcurrentHashMap<>();
  private final CompletableFuture<PrometheusMeterRegistry> registry = new CompletableFuture<>();

  /**
   * Counts immediately; {@link #start} creates the registry.
   *
   * @param holder holds the model of the metrics
   * @param capture of the rows; null where they are not captured
   */
  public ServerMetrics(ModelHolder holder, @Nullable Capture capture) {
    this.holder = holder;
    this.capture = capture;
  }

  /** The statistics of the predictions. */
  public PredictionStats predictionStats() {
    return stats;
  }

  /** Creates the registry in its own thread. */
  public void start() {
    Thread thread = new Thread(() -> registry.complete(registry()), "metrics");
    thread.setDaemon(true);
    thread.start();
  }

  private PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    made.getPrometheusRegistry().register(new ModelCollector(holder, stats));
    if (capture != null) {
      made.getPrometheusRegistry().register(new CaptureCollector(capture));
    }
    PREDICTIONS.forEach(route -> timers.put(route, timer(made, route)));
    return made;
  }

  /** Adds metrics. */
  public void register(MultiCollector collector) {
    registry.thenAccept(made -> made.getPrometheusRegistry().register(collector));
  }

  /** The requests and rows since the server started. */
  public ServerTraffic traffic() {
    return ServerTraffic.of(since, timers, stats);
  }

  /** Adds the route, which waits for the registry. */
  public void routes(RoutesConfig routes) {
    routes.get(
        "/metrics",
        context ->
            context
                .contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(registry.join().scrape()));
  }

  /** Counts a finished request. */
  public void add(Context context, float milliseconds) {
    Endpoint endpoint = context.endpoints().lastHttpEndpoint();
    // All unknown paths are one route, so that clients cannot fill the memory with paths.
    String path = endpoint == null ? "other" : endpoint.path;
    boolean large = context.attribute(Attributes.LARGE) != null;
    Route route = new Route(method(context), path, context.statusCode(), large);
    Long rejected = context.attribute(Attributes.REJECTED_ROWS);
    if (rejected != null) {
      stats.reject(rejected);
    }
    long nanos = (long) (milliseconds * 1e6);
    registry.thenAccept(
        made ->
            timers.computeIfAbsent(route, r -> timer(made, r)).record(nanos, TimeUnit.NANOSECONDS));
  }

  private static String method(Context context) {
    String method = context.req().getMethod();
    return method.matches("GET|POST|HEAD|OPTIONS|PUT|DELETE|PATCH") ? method : "other";
  }

  private static Timer timer(PrometheusMeterRegistry registry, Route route) {
    return Timer.builder("propensity.requests")
        .description("Requests and their duration")
        .tag("method", route.method())
        .tag("path", route.path())
        .tag("status", String.valueOf(route.status()))
        .tag("error", String.valueOf(route.status() >= 400))
        .tag("size", route.large() ? "large" : "small")
        .serviceLevelObjectives(LATENCIES)
        .register(registry);
  }
}
