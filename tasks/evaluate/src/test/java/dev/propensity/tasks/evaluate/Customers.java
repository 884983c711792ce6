package dev.propensity.tasks.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.foundation.CanonicalJson;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes features and models of synthetic customers, as preprocess and train do. */
final class Customers {
  private final ArtifactStore store;
  private final Path work;

  /**
   * @param work a folder for what is on its way to the store
   */
  Customers(ArtifactStore store, Path work) {
    this.store = store;
    this.work = work;
  }

  /** A specification whose split has this seed. */
  static String specification(int seed) {
    return """
        name: customers
        title: Who takes the offer?
        source: sample:1000
        identifier: customer
        label: {column: taken, positive: "yes", negative: "no"}
        features:
          - {name: age, kind: number, description: Age in years}
          - {name: town, kind: category, description: Where}
          - {name: sex, kind: category, values: [f, m], description: Sex, sensitive: report}
          - {name: faith, kind: category, description: Belief, sensitive: exclude, missing: true,
             missing_values: [NA]}
        split: {seed: %d, validation: 0.2, test: 0.3}
        learner: xgboost
        release: {minimum_auc: 0.6, minimum_positives: 50, calibration_tolerance: 0.1, margin: 0.01}
        offer: {gain: 10, cost: 3, currency: EUR}
        """
        .formatted(seed);
  }

  /** Features of so many synthetic rows. */
  Artifact features(String specification, int rows, Origin origin) throws IOException {
    DatasetSpec spec = DatasetSpec.parse(specification, "customers.yaml");
    Path folder = Files.createTempDirectory(work, "features");
    byte[] csv = csv(rows).getBytes(StandardCharsets.UTF_8);
    Preprocessing.run(new ByteArrayInputStream(csv), "customers.csv", spec, folder);
    SortedMap<String, JsonNode> parameters = new TreeMap<>();
    parameters.put("split", spec.section("split"));
    parameters.put("rows", new IntNode(rows));
    return store.commit(
        computation(spec, origin, "preprocess", parameters, new TreeMap<>()), folder);
  }

  /** A model of so many trees, trained on these features. */
  Artifact model(String specification, Artifact features, int rounds) throws IOException {
    DatasetSpec spec = DatasetSpec.parse(specification, "customers.yaml");
    Path read = store.fetch(features, Files.createTempDirectory(work, "read"));
    Path folder = Files.createTempDirectory(work, "model");
    Trainer trainer = Trainers.named("xgboost");
    JsonNode parameters =
        trainer.parameters(CanonicalJson.mapper().createObjectNode().put("rounds", rounds));
    Encoder encoder = Encoder.read(read.resolve("encoder.json"));
    FeatureTable train = FeatureTable.read(read.resolve(Split.TRAIN.fileName()));
    FeatureTable validation = FeatureTable.read(read.resolve(Split.VALIDATION.fileName()));
    TrainedModel trained = trainer.train(encoder, train, validation, parameters, 1);
    new ModelDirectory(spec, false, "xgboost", parameters)
        .write(folder, trained, encoder, train, validation);
    SortedMap<String, Input> inputs = new TreeMap<>();
    inputs.put("features", features.asInput());
    SortedMap<String, JsonNode> used = new TreeMap<>();
    used.put("learner", new TextNode("xgboost"));
    used.put("parameters", parameters);
    return store.commit(
        computation(spec, features.manifest().origin(), "train", used, inputs), folder);
  }

  private static Computation computation(
      DatasetSpec spec,
      Origin origin,
      String task,
      SortedMap<String, JsonNode> parameters,
      SortedMap<String, Input> inputs) {
    return new Computation(spec.name(), origin, task, Digest.of("development"), parameters, inputs);
  }

  private static String csv(int rows) {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("customer,age,town,sex,faith,taken\n");
    for (int row = 0; row < rows; row++) {
      int age = 18 + random.nextInt(70);
      int town = random.nextInt(12);
      double chance = 1 / (1 + StrictMath.exp(4 - age * .04 - town % 5 * .4));
      csv.append('c').append(row).append(',').append(age).append(",t").append(town);
      csv.append(random.nextBoolean() ? ",f," : ",m,").append(faith(row, random.nextInt(3)));
      csv.append(random.nextDouble() < chance ? ",yes\n" : ",no\n");
    }
    return csv.toString();
  }

  /** One of two words, of which one has two spellings, or one of two spellings of no value. */
  private static String faith(int row, int one) {
    return switch (row % 10) {
      case 0 -> "NA";
      case 1 -> "";
      case 2 -> "caf\u00E9";
      case 3 -> "cafe\u0301";
      default -> one == 0 ? "caf\u00E9" : "b";
    };
  }
}
