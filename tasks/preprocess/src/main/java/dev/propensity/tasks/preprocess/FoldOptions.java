package dev.propensity.tasks.preprocess;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.Features;
import dev.propensity.dataset.features.Folds;
import dev.propensity.foundation.UserException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the rows outside the test split are assigned, if not by the specification's split. */
final class FoldOptions {
  @Option(
      names = "--folds",
      paramLabel = "NUMBER",
      description =
          "Number of folds, from 2 to 100; requires --fold. The rows outside the test split are"
              + " assigned to folds by label, in the order of the split's hash, or by date if rows"
              + " are split by time, independent of the learner.")
  private Integer folds;

  @Option(
      names = "--fold",
      paramLabel = "NUMBER",
      description =
          "The fold, from 1, that becomes the validation split; the other folds, or the"
              + " earlier rows if rows are split by time, are the train split. No test rows are written.")
  private Integer fold;

  @Option(
      names = "--without-validation",
      description =
          "Use all rows outside the test split as train rows: for a final model, whose number of"
              + " rounds is known from folds. Only the train split is written.")
  private boolean withoutValidation;

  /** One of a number of folds. */
  record SelectedFold(int count, int number) {}

  /**
   * The fold used for validation, if there are folds.
   *
   * @throws UserException if the options conflict
   */
  Optional<SelectedFold> fold() {
    if ((folds == null) != (fold == null)) {
      throw new UserException("--folds and --fold must be used together: --folds 5 --fold 1");
    }
    if (folds == null) {
      return Optional.empty();
    }
    if (withoutValidation) {
      throw new UserException("--without-validation and --fold cannot be used together");
    }
    Folds.requireCount(folds);
    if (fold < 1 || fold > folds) {
      throw new UserException("--fold is " + fold + "; it must be from 1 to --folds, " + folds);
    }
    return Optional.of(new SelectedFold(folds, fold));
  }

  /** Whether all rows outside the test split are train rows. */
  boolean withoutValidation() {
    return withoutValidation;
  }

  /** For the computation's key; empty if the specification's split is used. */
  Map<String, JsonNode> parameters() {
    if (withoutValidation && fold().isEmpty()) {
      return Features.withoutValidation();
    }
    return fold().map(one -> Features.oneFold(one.count, one.number)).orElse(Map.of());
  }
}
