package dev.propensity.tasks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.FoldFeatures;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Input;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The models of all candidates on all folds.
 *
 * @param candidates by learner and parameters, whatever the order in which they were named
 */
record FoldModels(List<Fitted> candidates) {

  /**
   * A candidate's models.
   *
   * @param name the learner's; with a number, from 1, where there are several of the learner
   * @param models one a fold, from fold 1
   */
  record Fitted(String name, String learner, JsonNode parameters, List<Artifact> models) {}

  /**
   * Finds the models and sorts them by learner and parameters.
   *
   * @throws UserException if one is not there, learned from other features, or a candidate has not
   *     one model a fold
   */
  static FoldModels find(ArtifactStore store, FoldFeatures features, List<S3Location> uris) {
    SortedMap<String, Artifact[]> byCandidate = new TreeMap<>();
    for (S3Location uri : uris) {
      Artifact model = store.require(uri, "train");
      Input learned = model.manifest().inputs().get("features");
      int fold = features.foldOf(learned, uri);
      Artifact[] models =
          byCandidate.computeIfAbsent(settings(model), key -> new Artifact[features.count()]);
      if (models[fold - 1] != null) {
        throw new UserException(
            uri + " and " + models[fold - 1].uri() + " are the same learner on the same fold");
      }
      models[fold - 1] = model;
    }
    List<Artifact[]> all = List.copyOf(byCandidate.values());
    all.forEach(FoldModels::requireWhole);
    return new FoldModels(named(all));
  }

  /** All models by their place: {@code lightgbm-2/1} is the second's on fold 1. */
  SortedMap<String, Input> inputs() {
    SortedMap<String, Input> inputs = new TreeMap<>();
    for (Fitted candidate : candidates) {
      for (int fold = 1; fold <= candidate.models().size(); fold++) {
        inputs.put(
            "models/" + candidate.name() + "/" + fold, candidate.models().get(fold - 1).asInput());
      }
    }
    return inputs;
  }

  private static void requireWhole(Artifact[] models) {
    Artifact any = null;
    for (Artifact model : models) {
      any = model == null ? any : model;
    }
    for (int fold = 1; fold <= models.length; fold++) {
      if (models[fold - 1] == null) {
        throw new UserException(
            "--models lacks fold " + fold + " of the learner and parameters of " + any.uri());
      }
    }
  }

  private static List<Fitted> named(List<Artifact[]> all) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    all.forEach(models -> counts.merge(learner(models[0]), 1, Integer::sum));
    Map<String, Integer> numbers = new LinkedHashMap<>();
    List<Fitted> named = new ArrayList<>();
    for (Artifact[] models : all) {
      String learner = learner(models[0]);
      int number = numbers.merge(learner, 1, Integer::sum);
      String name = counts.get(learner) == 1 ? learner : learner + "-" + number;
      named.add(new Fitted(name, learner, parameters(models[0].manifest()), List.of(models)));
    }
    return List.copyOf(named);
  }

  private static String learner(Artifact model) {
    return model.manifest().parameters().get("learner").asText();
  }

  private static JsonNode parameters(Manifest manifest) {
    return manifest.parameters().get("parameters");
  }

  private static String settings(Artifact model) {
    return learner(model) + " " + CanonicalJson.text(parameters(model.manifest()));
  }
}
