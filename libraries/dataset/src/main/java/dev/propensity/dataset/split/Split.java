package dev.propensity.dataset.split;

import java.util.Locale;

/** The three splits of a table. */
public enum Split {
  TRAIN(2),
  VALIDATION(2),
  TEST(1);

  private final int minimumRows;

  Split(int minimumRows) {
    this.minimumRows = minimumRows;
  }

  /** The fewest rows of each label that it must have. */
  public int minimumRows() {
    return minimumRows;
  }

  /** The name of this split's features in their artifact: {@code train.arrow}. */
  public String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".arrow";
  }
}
