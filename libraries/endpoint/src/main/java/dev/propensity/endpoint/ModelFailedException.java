package dev.propensity.endpoint;

import dev.propensity.foundation.UnavailableException;

/**
 * A hosted model's container that answered rows with a fault of its own, or not at all. Once it may
 * pass; where it comes again and again, the model is at fault.
 */
public final class ModelFailedException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  public ModelFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
