package dev.propensity.tasks.teardown.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for something with growing pauses between checks. */
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

  /** Waits for a while; returns false immediately if the time is over. */
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
   * @param name for messages
   * @param status its status, empty once it is gone
   * @param again called before every further check
   * @throws DeletionTimeoutException if it still exists at the timeout
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
