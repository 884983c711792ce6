package dev.propensity.tasks.serve.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CaptureLimitsTest {
  private static final CaptureLimits LIMITS = CaptureLimits.of(Duration.ofSeconds(60), 256L << 20);

  private static boolean isDue(int sinceFirst, int sinceLast) {
    return LIMITS.isDue(
        Duration.ofSeconds(sinceFirst).toNanos(), Duration.ofSeconds(sinceLast).toNanos());
  }

  @Test
  void aSegmentIsClosedAMinuteAfterItsLastRows() {
    assertThat(isDue(60, 60)).isTrue();
    assertThat(isDue(200, 60)).isTrue();
    assertThat(isDue(59, 59)).isFalse();
  }

  @Test
  void aSegmentIsClosedFiveMinutesAfterItsFirstRowsWhileMoreCome() {
    assertThat(isDue(299, 0)).isFalse();
    assertThat(isDue(300, 0)).isTrue();
  }
}
