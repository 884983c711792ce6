package dev.propensity.tasks.teardown.resource;

import java.io.Serial;
import java.time.Duration;

/** A resource still existed at the timeout. */
final class DeletionTimeoutException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  DeletionTimeoutException(String name, String status, Duration timeout) {
    super(name + " is still " + status + " after " + timeout.toMinutes() + " minutes");
  }
}
