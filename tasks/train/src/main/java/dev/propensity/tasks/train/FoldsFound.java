package dev.propensity.tasks.train;

import dev.propensity.artifacts.Features;
import dev.propensity.artifacts.FoldFeatures;
import dev.propensity.artifacts.RawTable;
import dev.propensity.foundation.UserException;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.metric.ScoredRows;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Input;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What folds found of the candidate that becomes a final model.
 *
 * @param comparison the artifact that tells it
 * @param candidate its learner, parameters and rounds
 */
record FoldsFound(Artifact comparison, Comparison.Result candidate) {

  /**
   * Reads the comparison.
   *
   * @param name of the candidate, or of a learner; the winner where none is given
   * @throws UserException if there is no such comparison or candidate, or the features are not all
   *     rows outside test of the table that was compared on
   */
  static FoldsFound find(
      ArtifactStore store, S3Location uri, Optional<String> name, Features features) {
    Artifact comparison = store.require(uri, "compare");
    features.requireWithoutValidation();
    requireSameRows(store, comparison, features);
    String where = uri.resolve(Comparison.FILE).toString();
    try (InputStream in = store.open(comparison, Comparison.FILE)) {
      Comparison read = Comparison.parse(in.readAllBytes(), where);
      return new FoldsFound(comparison, name.map(read::named).orElseGet(read::best));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fetches the out-of-fold scores into the folder; the candidate's. */
  ScoredRows outOfFold(ArtifactStore store, Path folder) {
    Path file = store.fetch(comparison, folder, OutOfFold.FILE).resolve(OutOfFold.FILE);
    return OutOfFold.read(file).pooled(candidate.name());
  }

  private static void requireSameRows(ArtifactStore store, Artifact comparison, Features features) {
    Manifest compared = comparison.manifest();
    Input raw = compared.inputs().get(RawTable.INPUT);
    if (raw == null || !raw.equals(features.raw())) {
      throw new UserException(
          comparison.uri() + " compared on another table than that of " + features.uri());
    }
    Features fold = Features.require(store, FoldFeatures.first(compared).uri());
    if (!fold.commonParameters().equals(features.commonParameters())) {
      throw new UserException(
          comparison.uri()
              + " compared on rows that were split or encoded in another way than those of "
              + features.uri());
    }
  }
}
