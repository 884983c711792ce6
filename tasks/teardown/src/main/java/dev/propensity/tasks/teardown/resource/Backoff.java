package dev.propensity.tasks.teardown.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** How long to wait for something, looking ever more seldom. */
public final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

  private final Duration timeout;
  private final Instant end;
  private Duration pause = FIRST;

  public Backoff(Duration timeout) {
    this.timeout = timeout;
    end = Instant.now().plus(timeout);
  }

  /** Waits a while; says no at once where it has ended. */
  public boolean lasts() {
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
    pause = pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
    return true;
  }

  /**
   * Waits until this is gone.
   *
   * @param name as people know it
   * @param status how it stands, nothing once it is gone
   * @param again done before every further look
   * @throws DeletionTimeoutException if it is still there when patience ends
   */
  public void untilGone(String name, Supplier<Optional<String>> status, Runnable again) {
    for (var there = status.get(); there.isPresent(); there = status.get()) {
      if (!lasts()) {
        throw new DeletionTimeoutException(name, there.get(), timeout);
      }
      again.run();
    }
  }
}
