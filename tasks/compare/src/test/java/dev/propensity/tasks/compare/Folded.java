package dev.propensity.tasks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.propensity.dataset.features.Folds;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Input;
import dev.propensity.storage.Origin;
import dev.propensity.testing.ModelArtifacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Creates a table, its folds and models of them, as download, preprocess and train do. */
final class Folded {
  static final int FOLDS = 3;

  static final DatasetSpec SPEC = DatasetSpec.parse(specification("customers"), "customers.yaml");

  private final ModelArtifacts artifacts;
  private final Path work;

  /**
   * @param work a folder for files before they are stored
   */
  Folded(ArtifactStore store, Path work) {
    this.artifacts = new ModelArtifacts(store, work);
    this.work = work;
  }

  static String specification(String name) {
    return """
        name: %s
        title: Who takes the <offer>?
        source: sample:1000
        identifier: customer
        label: {column: taken, positive: "yes", negative: "no"}
        features:
          - {name: age, kind: number, description: Age in years}
          - {name: town, kind: category, description: Where}
        split: {seed: 7, validation: 0.2, test: 0.25}
        offer: {gain: 10, cost: 3, currency: EUR}
        """
        .formatted(name);
  }

  /** A synthetic table. */
  Artifact raw(int seed) throws IOException {
    Path folder = Files.createTempDirectory(work, "raw");
    Files.writeString(folder.resolve("data.csv"), csv(seed));
    return commit("download", Map.of("seed", new IntNode(seed)), Map.of(), folder);
  }

  /** All folds of the table. */
  List<Artifact> features(Artifact raw, int seed) throws IOException {
    List<Artifact> folds = new ArrayList<>();
    for (int fold = 1; fold <= FOLDS; fold++) {
      Path folder = Files.createTempDirectory(work, "features");
      Folds all = Folds.of(table(seed), "customers.csv", SPEC, FOLDS);
      Preprocessing.run(table(seed), "customers.csv", SPEC, all.validatingOn(fold), folder);
      Map<String, JsonNode> parameters =
          Map.of("folds", new IntNode(FOLDS), "fold", new IntNode(fold));
      Map<String, Input> inputs = Map.of("raw", raw.asInput());
      folds.add(commit("preprocess", parameters, inputs, folder));
    }
    return folds;
  }

  /** Features of the specification's split. */
  Artifact plain(Artifact raw, int seed) throws IOException {
    Path folder = Files.createTempDirectory(work, "features");
    Preprocessing.run(table(seed), "customers.csv", SPEC, folder);
    return commit("preprocess", Map.of(), Map.of("raw", raw.asInput()), folder);
  }

  /** A model with at most this many trees and this learning rate, on these features. */
  Artifact model(Artifact features, int rounds, double eta) throws IOException {
    JsonNode parameters =
        CanonicalJson.mapper().createObjectNode().put("rounds", rounds).put("eta", eta);
    return artifacts.train(SPEC, features, parameters);
  }

  private Artifact commit(
      String task, Map<String, JsonNode> parameters, Map<String, Input> inputs, Path folder) {
    return artifacts.commit(SPEC, Origin.REAL, task, parameters, inputs, folder);
  }

  static InputStream table(int seed) {
    return new ByteArrayInputStream(csv(seed).getBytes(StandardCharsets.UTF_8));
  }

  private static String csv(int seed) {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("customer,age,town,taken\n");
    for (int row = 0; row < 3000; row++) {
      int age = 18 + random.nextInt(70);
      int town = random.nextInt(12);
      double chance = 1 / (1 + StrictMath.exp(4 - age * .04 - town % 5 * .4));
      csv.append('c').append(row).append(',').append(age).append(",t").append(town);
      csv.append(random.nextDouble() < chance ? ",yes\n" : ",no\n");
    }
    return csv.toString();
  }
}
