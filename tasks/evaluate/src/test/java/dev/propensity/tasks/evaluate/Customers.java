package dev.propensity.tasks.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.testing.ModelArtifacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** Creates features and models of synthetic customers, as preprocess and train do. */
final class Customers {
  private final ModelArtifacts artifacts;
  private final Path work;

  /**
   * @param work a folder for files before they are stored
   */
  Customers(ArtifactStore store, Path work) {
    this.artifacts = new ModelArtifacts(store, work);
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

  /** Features of this many synthetic rows. */
  Artifact features(String specification, int rows, Origin origin) throws IOException {
    DatasetSpec spec = DatasetSpec.parse(specification, "customers.yaml");
    Path folder = Files.createTempDirectory(work, "features");
    byte[] csv = csv(rows).getBytes(StandardCharsets.UTF_8);
    Preprocessing.run(new ByteArrayInputStream(csv), "customers.csv", spec, folder);
    Map<String, JsonNode> parameters =
        Map.of("split", spec.section("split"), "rows", new IntNode(rows));
    return artifacts.commit(spec, origin, "preprocess", parameters, Map.of(), folder);
  }

  /** A model with this many trees, trained on these features. */
  Artifact model(String specification, Artifact features, int rounds) throws IOException {
    DatasetSpec spec = DatasetSpec.parse(specification, "customers.yaml");
    JsonNode parameters = CanonicalJson.mapper().createObjectNode().put("rounds", rounds);
    return artifacts.train(spec, features, parameters);
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
