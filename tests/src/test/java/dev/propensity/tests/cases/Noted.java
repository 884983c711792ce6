package dev.propensity.tests.cases;

import java.util.Locale;
import java.util.Set;

/**
 * The parts of a response that are recorded with its scores; new parts are included automatically.
 */
final class Noted {
  /** Members of {@code predictions.json} that are compared otherwise. */
  static final Set<String> IN_PREDICTIONS =
      Set.of(
          "schema",
          "models",
          "rows",
          "predicted",
          "rejected",
          "positive",
          "threshold",
          "mean_score",
          "scores");

  private Noted() {}

  /** Whether a header describes the table; the model's name has digits of the code. */
  static boolean isHeader(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("propensity-") && !lower.equals("propensity-model");
  }
}
