package dev.propensity.dataset.rows;

import org.jspecify.annotations.Nullable;

/** The rule for the identifier of a row that must have one: 1 to 1,024 bytes in UTF-8. */
public final class IdentifierRule {
  /** How many bytes an identifier may have. */
  static final int MAX_LENGTH = 1024;

  private IdentifierRule() {}

  /**
   * The error in an identifier.
   *
   * @param length of its UTF-8 in bytes
   * @return null if it is valid
   */
  public static @Nullable String error(int length) {
    if (length == 0) {
      return "identifier is missing";
    }
    return length > MAX_LENGTH ? "longer than " + MAX_LENGTH + " bytes" : null;
  }
}
