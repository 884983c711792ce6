package dev.propensity.foundation;

/**
 * What a user has to fix: a bad file, a missing column, no such bucket, access denied. A task
 * prints the message as its one line on stderr and exits with code 2, which is not retried.
 *
 * <p>The message says what is wrong, where (file, line, column, value) and what to do.
 */
public class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserException(String message) {
    super(message);
  }

  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
