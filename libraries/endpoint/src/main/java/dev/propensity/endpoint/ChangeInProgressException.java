package dev.propensity.endpoint;

import dev.propensity.foundation.UnavailableException;
import org.jspecify.annotations.Nullable;

/** An endpoint is being changed, and the caller does not wait any longer. The change continues. */
public final class ChangeInProgressException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  private final String endpoint;
  private final @Nullable String change;

  /**
   * @param endpoint as in the option {@code --endpoint}, for one dataset
   * @param change what identifies the change to {@link Endpoint#continuing}; null if unknown
   */
  public ChangeInProgressException(String message, String endpoint, @Nullable String change) {
    super(message);
    this.endpoint = endpoint;
    this.change = change;
  }

  /** The endpoint, such as {@code sagemaker:propensity-dev-insurance}. */
  public String endpoint() {
    return endpoint;
  }

  /** What identifies the change; null if unknown. */
  public @Nullable String change() {
    return change;
  }
}
