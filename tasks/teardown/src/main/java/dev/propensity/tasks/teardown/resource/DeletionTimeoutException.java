package dev.propensity.tasks.teardown.resource;

import java.io.Serial;
import java.time.Duration;

/** Something was still there when patience ended. */
final class DeletionTimeoutException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  DeletionTimeoutException(String name, String status, Duration timeout) {
    super(name + " is still " + status + " after " + timeout.toMinutes() + " minutes");
  }
}
