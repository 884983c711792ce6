package dev.propensity.tasks.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.Digest;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Origin;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;

/** A small dataset and its features in a store. */
final class ToyFeatures {
  static final String SPEC =
      """
      name: toys
      title: Who buys the toy?
      source: sample:1000
      identifier: id
      label:
        column: bought
        positive: "1"
        negative: "0"
      features:
        - name: age
          kind: number
          description: Age in years
        - name: town (code)
          kind: category
          description: Where the customer lives
      split:
        seed: 1
        validation: 0.2
        test: 0.2
      learner: xgboost
      parameters:
        xgboost:
          rounds: 10
          min_child_weight: 1
      offer:
        gain: 10
        cost: 2
        currency: EUR
      """;

  private ToyFeatures() {}

  static Artifact features(ArtifactStore store, Path folder, Origin origin, String task) {
    return features(store, folder, origin, task, csv());
  }

  static Artifact features(
      ArtifactStore store, Path folder, Origin origin, String task, byte[] csv) {
    DatasetSpec spec = DatasetSpec.parse(SPEC, "toys.yaml");
    Preprocessing.run(new ByteArrayInputStream(csv), "toys.csv", spec, folder);
    TreeMap<String, JsonNode> parameters = new TreeMap<>();
    return store.commit(
        new Computation("toys", origin, task, Digest.of("code"), parameters, new TreeMap<>()),
        folder);
  }

  static byte[] csv() {
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("id,age,town (code),bought\n");
    for (int row = 0; row < 3000; row++) {
      int age = 18 + random.nextInt(60);
      int town = random.nextInt(9);
      boolean bought = random.nextInt(200) < age + (town == 3 ? 60 : 0);
      csv.append(row).append(',').append(age).append(',').append(town).append(',');
      csv.append(bought ? 1 : 0).append('\n');
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}
