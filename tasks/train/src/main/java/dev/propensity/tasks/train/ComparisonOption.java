package dev.propensity.tasks.train;

import dev.propensity.model.comparison.Comparison;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The options of a final model: the learner and its number of rounds, as determined by the folds.
 */
final class ComparisonOption {
  @Option(
      names = "--comparison",
      paramLabel = "URI",
      description =
          "Train a final model on features without validation, with a candidate of this"
              + " comparison (the output of compare) and the mean number of rounds of its folds."
              + " The calibration and the baseline come from its out-of-fold scores.")
  private String uri;

  @Option(
      names = "--candidate",
      paramLabel = "NAME",
      description =
          "The comparison's candidate, or a learner, to use its best candidate (default: the"
              + " winner).")
  private String candidate;

  /** The comparison's URI, if one is given. */
  Optional<String> uri() {
    return Optional.ofNullable(uri).filter(text -> !text.isEmpty());
  }

  /**
   * The candidate that becomes a final model: the winner if none is named.
   *
   * @throws dev.propensity.foundation.UserException if the comparison has none of that name
   */
  Comparison.CandidateResult candidateOf(Comparison comparison) {
    return Optional.ofNullable(candidate)
        .filter(text -> !text.isEmpty())
        .map(comparison::named)
        .orElseGet(comparison::best);
  }
}
