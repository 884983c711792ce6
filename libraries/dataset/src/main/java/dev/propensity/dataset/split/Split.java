package dev.propensity.dataset.split;

import java.util.Locale;

/** The three splits of a table. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST;

  /** The name of this split's features in their artifact: {@code train.arrow}. */
  public String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".arrow";
  }
}
