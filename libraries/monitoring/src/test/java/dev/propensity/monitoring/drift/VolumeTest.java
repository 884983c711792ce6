package dev.propensity.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.propensity.dataset.specification.MonitorRule.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VolumeTest {
  private static WindowCounts window(int place, Duration length, long answered) {
    Instant start = Instant.parse("2026-01-05T00:00:00Z").plus(length.multipliedBy(place));
    return new WindowCounts(start, answered, answered, 0, Map.of(), new long[1]);
  }

  private static List<WindowCounts> windows(int count, Duration length, int period) {
    return IntStream.range(0, count)
        .mapToObj(i -> window(i, length, 1000L * (1 + i % period)))
        .toList();
  }

  @Test
  void aDayIsComparedWithTheSameWeekday() {
    Volume volume = Volume.of(Window.DAY, windows(28, Duration.ofDays(1), 7));
    // Sundays have 7,000 rows.
    assertThat(volume.point(window(34, Duration.ofDays(1), 7000)).value())
        .isCloseTo(0, within(1e-12));
    assertThat(Volume.factor(volume.point(window(34, Duration.ofDays(1), 3500))))
        .isCloseTo(0.5, within(1e-12));
    assertThat(volume.statistics().degrees()).isEqualTo(21);
  }

  @Test
  void anHourIsComparedWithTheSameHour() {
    Volume volume = Volume.of(Window.HOUR, windows(48, Duration.ofHours(1), 24));
    assertThat(volume.point(window(72, Duration.ofHours(1), 1000)).value())
        .isCloseTo(0, within(1e-12));
    assertThat(volume.statistics().degrees()).isEqualTo(24);
  }

  @Test
  void weeksAreComparedWithEachOther() {
    Volume volume = Volume.of(Window.WEEK, windows(28, Duration.ofDays(7), 1));
    assertThat(volume.means()).hasSize(1);
    assertThat(volume.statistics().degrees()).isEqualTo(27);
  }

  @Test
  void hoursThatDoNotRepeatSayNothing() {
    assertThat(Volume.of(Window.HOUR, windows(26, Duration.ofHours(1), 24))).isNull();
    Volume volume = Volume.of(Window.HOUR, windows(20, Duration.ofDays(1), 7));
    assertThat(volume.point(window(5, Duration.ofHours(1), 1000))).isNull();
  }
}
