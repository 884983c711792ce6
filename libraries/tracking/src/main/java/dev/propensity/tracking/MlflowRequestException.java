package dev.propensity.tracking;

import java.util.Objects;

/** A request that MLflow rejected. */
final class MlflowRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  MlflowRequestException(String code, String message) {
    super(Objects.requireNonNull(message));
    this.code = code;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** Whether the resource already exists. */
  boolean alreadyExists() {
    return code.equals("RESOURCE_ALREADY_EXISTS");
  }

  /** Whether the resource does not exist or is deleted. */
  boolean isGone() {
    return code.equals("RESOURCE_DOES_NOT_EXIST");
  }
}
