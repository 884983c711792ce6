package dev.propensity.tasks.preprocess;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.Features;
import dev.propensity.dataset.features.Folds;
import dev.propensity.foundation.UserException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the rows outside the test split are dealt, where not by the specification's split. */
final class FoldOptions {
  @Option(
      names = "--folds",
      paramLabel = "NUMBER",
      description =
          "Deal the rows outside the test split out to so many folds, the rows of each label in"
              + " the order of the split's hash, whoever learns; from 2 to 100, with --fold.")
  private Integer folds;

  @Option(
      names = "--fold",
      paramLabel = "NUMBER",
      description =
          "The fold, from 1, that is the validation split; the others are the train split. No test"
              + " rows are written.")
  private Integer fold;

  @Option(
      names = "--without-validation",
      description =
          "Make all rows outside the test split train rows: for a final model, whose rounds are"
              + " known from folds. Only the train split is written.")
  private boolean withoutValidation;

  /** One fold of so many. */
  record SelectedFold(int count, int number) {}

  /**
   * The fold that validates, where there are folds.
   *
   * @throws UserException where the options make no sense
   */
  Optional<SelectedFold> fold() {
    if ((folds == null) != (fold == null)) {
      throw new UserException("--folds and --fold belong together: --folds 5 --fold 1");
    }
    if (folds == null) {
      return Optional.empty();
    }
    if (withoutValidation) {
      throw new UserException("--without-validation and --fold exclude each other");
    }
    if (folds < Folds.MIN_FOLDS || folds > Folds.MAX_FOLDS) {
      throw new UserException(
          "--folds is " + folds + "; it is from " + Folds.MIN_FOLDS + " to " + Folds.MAX_FOLDS);
    }
    if (fold < 1 || fold > folds) {
      throw new UserException("--fold is " + fold + "; it is from 1 to --folds, " + folds);
    }
    return Optional.of(new SelectedFold(folds, fold));
  }

  /** Whether all rows outside test learn. */
  boolean withoutValidation() {
    return withoutValidation;
  }

  /** For the computation's key; nothing where the specification's split deals. */
  Map<String, JsonNode> parameters() {
    if (withoutValidation && fold().isEmpty()) {
      return Features.withoutValidation();
    }
    return fold().map(one -> Features.oneFold(one.count, one.number)).orElse(Map.of());
  }
}
