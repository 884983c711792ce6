package dev.propensity.tests.cases;

import java.util.Locale;
import java.util.Set;

/** What of an answer is noted beside its scores: what is new there shows up by itself. */
final class Noted {
  /** Members of {@code predictions.json} that are compared otherwise. */
  static final Set<String> IN_PREDICTIONS =
      Set.of(
          "schema",
          "models",
          "rows",
          "predicted",
          "refused",
          "positive",
          "threshold",
          "mean_score",
          "scores");

  private Noted() {}

  /** Whether a header speaks of the table; the model's name has digits of the code. */
  static boolean isHeader(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("propensity-") && !lower.equals("propensity-model");
  }
}
