package dev.propensity.endpoint;

import dev.propensity.foundation.UnavailableException;

/**
 * A hosted model's container returned an error for rows, or no response. A single failure may be
 * transient; where it is repeated, the model is at fault.
 */
public final class ModelFailedException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  public ModelFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
