package dev.propensity.tasks.serve.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.util.stream.IntStream;
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
  void slowerRequestsThanTheLastBucketHaveItsEnd() {
    CountAtBucket[] buckets = buckets(new double[] {1, 5}, 1, 1);
    assertThat(ServerTraffic.quantile(buckets, 10, 0.99)).isEqualTo(5);
  }
}
