package dev.propensity.tracking;

/** A request that MLflow understood and refused. */
final class MlflowRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  MlflowRequestException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Whether what was to be created is there already. */
  boolean alreadyExists() {
    return code.equals("RESOURCE_ALREADY_EXISTS");
  }

  /** Whether what was named is not there, or is deleted. */
  boolean isGone() {
    return code.equals("RESOURCE_DOES_NOT_EXIST");
  }
}
