package dev.propensity.tasks.serve.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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

  private static final Comparator<Requests> ORDER =
      Comparator.comparing(Requests::path)
          .thenComparing(Requests::method)
          .thenComparing(Requests::status);

  /** A number of requests; the path is that of the route. */
  public record Requests(String method, String path, int status, long count) {
    private Requests counted(long requests) {
      return new Requests(method, path, status, requests);
    }
  }

  /**
   * How long predictions took, in milliseconds: quantiles are interpolated in the buckets of the
   * histogram, the last of which ends at 30 seconds.
   *
   * @param count of requests that were answered
   */
  public record Latency(String path, long count, double mean, double p50, double p95, double p99) {}

  static ServerTraffic of(
      Instant since, Map<ServerMetrics.Route, Timer> timers, PredictionStats stats) {
    SortedMap<Requests, Long> requests = new TreeMap<>(ORDER);
    SortedMap<String, List<Timer>> answered = new TreeMap<>();
    timers.forEach(
        (route, timer) -> {
          if (timer.count() == 0) {
            return;
          }
          requests.merge(
              new Requests(route.method(), route.path(), route.status(), 0),
              timer.count(),
              Long::sum);
          if (route.method().equals("POST") && route.status() == 200) {
            answered.computeIfAbsent(route.path(), path -> new ArrayList<>()).add(timer);
          }
        });
    return new ServerTraffic(
        since.toString(),
        stats.rows(),
        stats.rejectedRows(),
        requests.entrySet().stream().map(sum -> sum.getKey().counted(sum.getValue())).toList(),
        answered.entrySet().stream().map(all -> latency(all.getKey(), all.getValue())).toList());
  }

  private static Latency latency(String path, List<Timer> timers) {
    long count = timers.stream().mapToLong(Timer::count).sum();
    double total = timers.stream().mapToDouble(t -> t.totalTime(TimeUnit.MILLISECONDS)).sum();
    CountAtBucket[] buckets = buckets(timers);
    return new Latency(
        path,
        count,
        total / count,
        quantile(buckets, count, 0.5),
        quantile(buckets, count, 0.95),
        quantile(buckets, count, 0.99));
  }

  /** The sums of the timers' counts: all have the same buckets. */
  static CountAtBucket[] buckets(List<Timer> timers) {
    CountAtBucket[] sums = timers.get(0).takeSnapshot().histogramCounts();
    for (Timer timer : timers.subList(1, timers.size())) {
      CountAtBucket[] counts = timer.takeSnapshot().histogramCounts();
      for (int i = 0; i < sums.length; i++) {
        sums[i] = new CountAtBucket(sums[i].bucket(), sums[i].count() + counts[i].count());
      }
    }
    return sums;
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
