package dev.propensity.tasks.teardown;

import java.time.Duration;
import java.time.Instant;

/** How long to wait for something, looking ever more seldom. */
final class Patience {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Instant end;
  private Duration pause = FIRST;

  Patience(Duration whole) {
    end = Instant.now().plus(whole);
  }

  /** Waits a while; says no at once where it has ended. */
  boolean lasts() {
    if (!Instant.now().isBefore(end)) {
      return false;
    }
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    pause = pause.multipliedBy(2);
    pause = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    return true;
  }
}
