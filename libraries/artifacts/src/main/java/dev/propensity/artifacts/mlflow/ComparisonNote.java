package dev.propensity.artifacts.mlflow;

import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A comparison in a few lines of Markdown: the run's description in MLflow.
 *
 * @param command the command that makes the winner's settings the dataset's defaults
 */
record ComparisonNote(Comparison comparison, String command) {

  String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("| candidate | AUC over the folds | AUC pooled | log loss | profit | rounds |");
    lines.add("| --- | --- | --- | --- | --- | --- |");
    for (CandidateResult result : comparison.candidates()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %.4f ± %.4f | %.4f | %.4f | %,.0f | %d |",
              result.name(),
              result.auc().mean(),
              result.auc().deviation(),
              result.pooledAuc().value(),
              result.logLoss(),
              result.profit(),
              result.rounds()));
    }
    lines.add("");
    lines.add("The best has the best " + comparison.rank().title() + ".");
    lines.add("");
    lines.add("To make the winner's settings the dataset's defaults, run");
    lines.add("");
    lines.add("    " + command);
    return String.join("\n", lines) + "\n";
  }
}
