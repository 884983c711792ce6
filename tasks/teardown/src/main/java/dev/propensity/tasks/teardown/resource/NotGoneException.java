package dev.propensity.tasks.teardown.resource;

import java.io.Serial;
import java.time.Duration;

/** Something was still there when patience ended. */
final class NotGoneException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  NotGoneException(String name, String status, Duration patience) {
    super(name + " is still " + status + " after " + patience.toMinutes() + " minutes");
  }
}
