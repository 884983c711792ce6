package dev.propensity.tasks.serve.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerTrafficTest {
  private static CountAtBucket[] buckets(double[] milliseconds, double... counts) {
    return IntStream.range(0, counts.length)
        .mapToObj(i -> new CountAtBucket(milliseconds[i] * 1e6, counts[i]))
        .toArray(CountAtBucket[]::new);
  }

  @Test
  void quantilesAreInterpolatedInTheirBucket() {
    // 10 requests up to 1 ms, 80 from 1 to 5 ms, 10 from 5 to 10 ms.
    CountAtBucket[] buckets = buckets(new double[] {1, 5, 10}, 10, 90, 100);
    assertThat(ServerTraffic.quantile(buckets, 100, 0.05)).isEqualTo(0.5);
    assertThat(ServerTraffic.quantile(buckets, 100, 0.5)).isEqualTo(3);
    assertThat(ServerTraffic.quantile(buckets, 100, 0.95)).isEqualTo(7.5);
  }

  @Test
  void timersOfOnePathAreAddedUp() {
    List<Timer> timers = Stream.of(3, 40).map(ServerTrafficTest::timer).toList();
    assertThat(ServerTraffic.buckets(timers))
        .extracting(CountAtBucket::count)
        .containsExactly(0.0, 1.0, 1.0, 2.0);
  }

  /** A timer of one request that took so long. */
  private static Timer timer(int milliseconds) {
    Timer timer =
        Timer.builder("requests")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(50))
            .register(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    timer.record(Duration.ofMillis(milliseconds));
    return timer;
  }

  @Test
  void slowerRequestsThanTheLastBucketHaveItsEnd() {
    CountAtBucket[] buckets = buckets(new double[] {1, 5}, 1, 1);
    assertThat(ServerTraffic.quantile(buckets, 10, 0.99)).isEqualTo(5);
  }
}
