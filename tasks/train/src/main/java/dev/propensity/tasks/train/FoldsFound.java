package dev.propensity.tasks.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Input;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import dev.propensity.foundation.UserException;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.metric.ScoredRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
      ArtifactStore store, S3Location uri, Optional<String> name, Artifact features) {
    Artifact comparison = store.require(uri, "compare");
    requireWhole(features);
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

  private static void requireWhole(Artifact features) {
    if (!features.manifest().parameters().containsKey("without_validation")) {
      throw new UserException(
          features.uri()
              + " keeps validation rows apart; a final model learns from all rows outside test,"
              + " which preprocess writes with --without-validation");
    }
  }

  private static void requireSameRows(ArtifactStore store, Artifact comparison, Artifact features) {
    Manifest compared = comparison.manifest();
    Input raw = compared.inputs().get("raw");
    if (raw == null || !raw.equals(features.manifest().inputs().get("raw"))) {
      throw new UserException(
          comparison.uri() + " compared on another table than that of " + features.uri());
    }
    Artifact fold = store.require(compared.inputs().get("features/1").uri(), "preprocess");
    if (!settings(fold).equals(settings(features))) {
      throw new UserException(
          comparison.uri()
              + " compared on rows that were split or encoded in another way than those of "
              + features.uri());
    }
  }

  private static SortedMap<String, JsonNode> settings(Artifact features) {
    SortedMap<String, JsonNode> settings = new TreeMap<>(features.manifest().parameters());
    settings.remove("folds");
    settings.remove("fold");
    settings.remove("without_validation");
    return settings;
  }
}
