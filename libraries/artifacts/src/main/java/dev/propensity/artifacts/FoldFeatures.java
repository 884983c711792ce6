package dev.propensity.artifacts;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Input;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The features of all folds of one table.
 *
 * @param folds from fold 1
 */
public record FoldFeatures(List<Features> folds) {
  private static final String INPUTS = Features.INPUT + "/";

  /**
   * Finds the folds.
   *
   * @throws UserException if one does not exist, is of another dataset or table, is a duplicate, or
   *     is not a fold; or if any is missing
   */
  public static FoldFeatures require(ArtifactStore store, DatasetSpec spec, List<S3Location> uris) {
    List<Features> features = uris.stream().map(uri -> Features.require(store, uri)).toList();
    Features first = features.get(0);
    int count = first.folds();
    Features[] folds = new Features[count];
    for (Features one : features) {
      one.requireOf(spec);
      requireAlike(first, one);
      int fold = one.fold();
      if (folds[fold - 1] != null) {
        throw new UserException(
            one.uri() + " and " + folds[fold - 1].uri() + " are both fold " + fold);
      }
      folds[fold - 1] = one;
    }
    for (int fold = 1; fold <= count; fold++) {
      if (folds[fold - 1] == null) {
        throw new UserException("--features lacks fold " + fold + " of " + count);
      }
    }
    return new FoldFeatures(List.of(folds));
  }

  /** The first fold among the inputs of a computation that read all of them. */
  static Input first(Manifest manifest) {
    return Objects.requireNonNull(manifest.inputs().get(INPUTS + 1), INPUTS + 1);
  }

  /** How many there are. */
  public int count() {
    return folds.size();
  }

  /** That fold's features, from 1. */
  public Features fold(int number) {
    return folds.get(number - 1);
  }

  /** The dataset's name with its origin. */
  public String name() {
    return folds.get(0).name();
  }

  /** Whether the rows are real. */
  Origin origin() {
    return folds.get(0).origin();
  }

  /** All folds and their table, as inputs of a computation. */
  SortedMap<String, Input> inputs() {
    SortedMap<String, Input> inputs = new TreeMap<>();
    for (int fold = 1; fold <= count(); fold++) {
      inputs.put(INPUTS + fold, fold(fold).asInput());
    }
    inputs.put(RawTable.INPUT, folds.get(0).raw());
    return inputs;
  }

  /**
   * The fold that a model was trained on, from 1.
   *
   * @param features that it was trained on
   * @throws UserException if it was trained on none of them
   */
  int foldOf(Input features, S3Location model) {
    for (int fold = 1; fold <= count(); fold++) {
      if (fold(fold).asInput().equals(features)) {
        return fold;
      }
    }
    throw new UserException(
        model + " was trained on " + features.uri() + ", which is not among --features");
  }

  private static void requireAlike(Features first, Features other) {
    Manifest a = first.artifact().manifest();
    Manifest b = other.artifact().manifest();
    if (!a.inputs().equals(b.inputs()) || !a.origin().equals(b.origin())) {
      throw new UserException(first.uri() + " and " + other.uri() + " are of different tables");
    }
    if (first.folds() != other.folds()
        || !first.commonParameters().equals(other.commonParameters())
        || !a.code().equals(b.code())) {
      throw new UserException(
          first.uri() + " and " + other.uri() + " have different folds or encodings");
    }
  }
}
