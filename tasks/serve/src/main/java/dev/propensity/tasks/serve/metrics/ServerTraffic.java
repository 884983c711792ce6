package dev.propensity.tasks.serve.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Requests and rows since the server started.
 *
 * @param rows scored rows
 * @param rejectedRows rows with a cell that breaks a rule
 */
public record ServerTraffic(
    String since,
    long rows,
    @JsonProperty("rejected_rows") long rejectedRows,
    List<Requests> requests,
    List<Latency> latency) {

  /** A number of requests; the path is that of the route. */
  public record Requests(String method, String path, int status, long count) {}

  /**
   * How long predictions took, in milliseconds: quantiles are interpolated in the buckets of the
   * histogram, the last of which ends at 30 seconds.
   *
   * @param count of requests that were answered
   */
  public record Latency(String path, long count, double mean, double p50, double p95, double p99) {}

  static ServerTraffic of(
      Instant since, Map<ServerMetrics.Route, Timer> timers, PredictionStats stats) {
    List<Requests> requests = new ArrayList<>();
    Map<String, Timer> answered = new TreeMap<>();
    timers.forEach(
        (route, timer) -> {
          requests.add(new Requests(route.method(), route.path(), route.status(), timer.count()));
          if (route.method().equals("POST") && route.status() == 200 && timer.count() > 0) {
            answered.put(route.path(), timer);
          }
        });
    requests.sort(
        Comparator.comparing(Requests::path)
            .thenComparing(Requests::method)
            .thenComparing(Requests::status));
    List<Latency> latency = new ArrayList<>();
    answered.forEach((path, timer) -> latency.add(latency(path, timer)));
    return new ServerTraffic(
        since.toString(), stats.rows(), stats.rejectedRows(), requests, latency);
  }

  private static Latency latency(String path, Timer timer) {
    CountAtBucket[] buckets = timer.takeSnapshot().histogramCounts();
    return new Latency(
        path,
        timer.count(),
        timer.mean(TimeUnit.MILLISECONDS),
        quantile(buckets, timer.count(), 0.5),
        quantile(buckets, timer.count(), 0.95),
        quantile(buckets, timer.count(), 0.99));
  }

  /** As Prometheus' {@code histogram_quantile}; counts are cumulative. */
  static double quantile(CountAtBucket[] buckets, long count, double share) {
    double rank = share * count;
    double low = 0;
    double below = 0;
    for (CountAtBucket bucket : buckets) {
      double high = bucket.bucket(TimeUnit.MILLISECONDS);
      if (bucket.count() >= rank && bucket.count() > below) {
        return low + (high - low) * (rank - below) / (bucket.count() - below);
      }
      low = high;
      below = bucket.count();
    }
    return low;
  }
}
