package dev.propensity.foundation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error that the user must fix: a bad file, a missing column, no such bucket, access denied. A
 * task prints the message as its one line on stderr and exits with code 2, which is not retried.
 *
 * <p>The message has the error, its place (file, line, column, value) and the fix.
 */
public class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserException(String message) {
    super(message);
  }

  public UserException(@Nullable String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage(), "a user reads the message");
  }
}
