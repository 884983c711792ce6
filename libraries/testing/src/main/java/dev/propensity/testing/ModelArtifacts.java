package dev.propensity.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.foundation.Digest;
import dev.propensity.model.ModelDirectory;
import dev.propensity.model.Trainers;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Small real models in a store, as train writes them.
 *
 * @param work a temporary folder
 */
public record ModelArtifacts(ArtifactStore store, Path work) {

  /**
   * Trains a model of XGBoost on features.
   *
   * @param given the parameters that are not the defaults
   */
  public Artifact train(DatasetSpec spec, Artifact features, JsonNode given) throws IOException {
    Path read = store.fetch(features, Files.createTempDirectory(work, "read"));
    Path folder = Files.createTempDirectory(work, "model");
    Trainer trainer = Trainers.named("xgboost");
    JsonNode parameters = trainer.parameters(given);
    Encoder encoder = Encoder.read(read.resolve("encoder.json"));
    FeatureTable train = FeatureTable.read(read.resolve(Split.TRAIN.fileName()));
    FeatureTable validation = FeatureTable.read(read.resolve(Split.VALIDATION.fileName()));
    TrainedModel trained = trainer.train(encoder, train, validation, parameters, 1);
    new ModelDirectory(spec, false, "xgboost", parameters)
        .write(folder, trained, encoder, train, validation);
    return commit(
        spec,
        features.manifest().origin(),
        "train",
        Map.of("learner", new TextNode("xgboost"), "parameters", parameters),
        Map.of("features", features.asInput()),
        folder);
  }

  /** Commits what a task computed of a dataset. */
  public Artifact commit(
      DatasetSpec spec,
      Origin origin,
      String task,
      Map<String, JsonNode> parameters,
      Map<String, Input> inputs,
      Path folder) {
    Computation computation =
        new Computation(
            spec.name(),
            origin,
            task,
            Digest.of("development"),
            new TreeMap<>(parameters),
            new TreeMap<>(inputs));
    return store.commit(computation, folder);
  }
}
