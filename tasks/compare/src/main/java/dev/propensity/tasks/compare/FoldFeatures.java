package dev.propensity.tasks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Input;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import dev.propensity.dataset.DatasetSpec;
import dev.propensity.foundation.UserException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The features of all folds of one table.
 *
 * @param folds from fold 1
 */
record FoldFeatures(List<Artifact> folds) {

  /**
   * Finds the folds.
   *
   * @throws UserException if one is not there, is of another data set or table, is doubled, or is
   *     no fold; or if any is missing
   */
  static FoldFeatures find(ArtifactStore store, DatasetSpec spec, List<S3Location> uris) {
    List<Artifact> artifacts = uris.stream().map(uri -> store.require(uri, "preprocess")).toList();
    Artifact first = artifacts.get(0);
    int count = number(first, "folds");
    Artifact[] folds = new Artifact[count];
    for (Artifact artifact : artifacts) {
      artifact.requireOf(spec.name());
      requireAlike(first, artifact);
      int fold = number(artifact, "fold");
      if (folds[fold - 1] != null) {
        throw new UserException(
            artifact.uri() + " and " + folds[fold - 1].uri() + " are both fold " + fold);
      }
      folds[fold - 1] = artifact;
    }
    for (int fold = 1; fold <= count; fold++) {
      if (folds[fold - 1] == null) {
        throw new UserException("--features lacks fold " + fold + " of " + count);
      }
    }
    return new FoldFeatures(List.of(folds));
  }

  /** How many there are. */
  int count() {
    return folds.size();
  }

  /** The table that they are folds of. */
  Input raw() {
    return folds.get(0).manifest().inputs().get("raw");
  }

  /**
   * The fold that these features are, from 1.
   *
   * @throws UserException if they are none of them
   */
  int foldOf(Input features, S3Location model) {
    for (int fold = 1; fold <= count(); fold++) {
      if (folds.get(fold - 1).asInput().equals(features)) {
        return fold;
      }
    }
    throw new UserException(
        model + " learned from " + features.uri() + ", which is not among --features");
  }

  private static int number(Artifact artifact, String parameter) {
    JsonNode value = artifact.manifest().parameters().get(parameter);
    if (value == null) {
      throw new UserException(
          artifact.uri() + " is no fold: preprocess makes one with --folds and --fold");
    }
    return value.asInt();
  }

  private static void requireAlike(Artifact first, Artifact other) {
    Manifest a = first.manifest();
    Manifest b = other.manifest();
    if (!a.inputs().equals(b.inputs()) || !a.origin().equals(b.origin())) {
      throw new UserException(first.uri() + " and " + other.uri() + " are of different tables");
    }
    if (!withoutFold(a).equals(withoutFold(b)) || !a.code().equals(b.code())) {
      throw new UserException(
          first.uri() + " and " + other.uri() + " were not dealt and encoded in the same way");
    }
  }

  private static SortedMap<String, JsonNode> withoutFold(Manifest manifest) {
    SortedMap<String, JsonNode> parameters = new TreeMap<>(manifest.parameters());
    parameters.remove("fold");
    return parameters;
  }
}
