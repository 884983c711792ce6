package dev.propensity.foundation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the environment: a server that is unreachable, throttles or closes the connection. A
 * task prints the message as its one line on stderr and exits with code 1, which is retried.
 */
public class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnavailableException(String message) {
    super(Objects.requireNonNull(message));
  }

  public UnavailableException(String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message), cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
