package dev.propensity.parquet;

/** A page that cannot be decoded. The message says why in words for the user. */
final class DamagedPageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedPageException(String message) {
    super(message);
  }
}
