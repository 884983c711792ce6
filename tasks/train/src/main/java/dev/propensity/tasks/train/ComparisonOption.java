package dev.propensity.tasks.train;

import dev.propensity.model.comparison.Comparison;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a final model: the learner and its number of rounds, as the folds chose it. */
final class ComparisonOption {
  @Option(
      names = "--comparison",
      paramLabel = "URI",
      description =
          "Learn a final model: from features without validation, with a candidate of this"
              + " comparison (what compare wrote), for the mean of the rounds that its folds found;"
              + " threshold and baseline come from its out-of-fold scores.")
  private String uri;

  @Option(
      names = "--candidate",
      paramLabel = "NAME",
      description =
          "The comparison's candidate, or a learner, whose best is taken. By default the winner.")
  private String candidate;

  /** The comparison's URI, where one is given. */
  Optional<String> uri() {
    return Optional.ofNullable(uri).filter(text -> !text.isEmpty());
  }

  /**
   * The candidate that becomes a final model: the winner where none is named.
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
