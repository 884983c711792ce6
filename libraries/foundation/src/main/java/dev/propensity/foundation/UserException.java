package dev.propensity.foundation;

import java.util.Objects;

/**
 * An error that the user must fix: an invalid file, a missing column, no such bucket, access
 * denied. A task prints the message as its one line on stderr and exits with code 2, which is not
 * retried.
 *
 * <p>The message has the error, its place (file, line, column, value) and the fix.
 */
public class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserException(String message) {
    super(Objects.requireNonNull(message));
  }

  public UserException(String message, Throwable cause) {
    super(Objects.requireNonNull(message), cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
