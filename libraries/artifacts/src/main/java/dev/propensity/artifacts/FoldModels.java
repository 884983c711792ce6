package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Input;
import dev.propensity.storage.S3Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The models of all candidates on all folds.
 *
 * @param candidates by learner and parameters, whatever the order in which they were named
 */
public record FoldModels(List<CandidateModels> candidates) {

  /**
   * A candidate's models.
   *
   * @param name the learner's; with a number, from 1, where there are several of the learner
   * @param models one per fold, from fold 1
   */
  public record CandidateModels(
      String name, String learner, JsonNode parameters, List<TrainedModelArtifact> models) {}

  /**
   * Finds the models and sorts them by learner and parameters.
   *
   * @throws UserException if one does not exist, was trained on other features, or a candidate does
   *     not have one model per fold
   */
  public static FoldModels require(
      ArtifactStore store, FoldFeatures features, List<S3Location> uris) {
    SortedMap<String, TrainedModelArtifact[]> byCandidate = new TreeMap<>();
    for (S3Location uri : uris) {
      TrainedModelArtifact model = TrainedModelArtifact.require(store, uri);
      int fold = features.foldOf(model.features(), uri);
      TrainedModelArtifact[] models =
          byCandidate.computeIfAbsent(
              settings(model), key -> new TrainedModelArtifact[features.count()]);
      if (models[fold - 1] != null) {
        throw new UserException(
            uri + " and " + models[fold - 1].uri() + " are the same learner on the same fold");
      }
      models[fold - 1] = model;
    }
    List<TrainedModelArtifact[]> all = List.copyOf(byCandidate.values());
    all.forEach(FoldModels::requireEachFold);
    return new FoldModels(named(all));
  }

  /** All models by their place: {@code lightgbm-2/1} is the second's on fold 1. */
  SortedMap<String, Input> inputs() {
    SortedMap<String, Input> inputs = new TreeMap<>();
    for (CandidateModels candidate : candidates) {
      for (int fold = 1; fold <= candidate.models().size(); fold++) {
        inputs.put(
            "models/" + candidate.name() + "/" + fold, candidate.models().get(fold - 1).asInput());
      }
    }
    return inputs;
  }

  private static void requireEachFold(TrainedModelArtifact[] models) {
    TrainedModelArtifact any = Stream.of(models).filter(Objects::nonNull).findFirst().orElseThrow();
    for (int fold = 1; fold <= models.length; fold++) {
      if (models[fold - 1] == null) {
        throw new UserException(
            "--models lacks fold " + fold + " of the learner and parameters of " + any.uri());
      }
    }
  }

  private static List<CandidateModels> named(List<TrainedModelArtifact[]> all) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    all.forEach(models -> counts.merge(models[0].learner(), 1, Integer::sum));
    Map<String, Integer> numbers = new LinkedHashMap<>();
    List<CandidateModels> named = new ArrayList<>();
    for (TrainedModelArtifact[] models : all) {
      String learner = models[0].learner();
      int number = numbers.merge(learner, 1, Integer::sum);
      String name =
          Integer.valueOf(1).equals(counts.get(learner)) ? learner : learner + "-" + number;
      named.add(new CandidateModels(name, learner, models[0].parameters(), List.of(models)));
    }
    return List.copyOf(named);
  }

  private static String settings(TrainedModelArtifact model) {
    return model.learner() + " " + CanonicalJson.text(model.parameters());
  }
}
