package dev.propensity.tasks.register;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.model.Trainers;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Model and evaluation artifacts of a dataset of its own, with the parts that register reads. */
final class Candidates {
  private final ArtifactStore store;
  private final String dataset = "data_" + UUID.randomUUID().toString().substring(0, 8);

  Candidates(ArtifactStore store) {
    this.store = store;
  }

  String dataset() {
    return dataset;
  }

  /** The specification's text, for {@code --dataset}. */
  String specification() {
    return String.join(
        "\n",
        "name: " + dataset,
        "title: Who takes it?",
        "source: sample:1000",
        "identifier: id",
        "label:",
        "  column: taken",
        "  positive: \"1\"",
        "  negative: \"0\"",
        "features:",
        "  - name: age",
        "    kind: number",
        "    description: Age in years",
        "split:",
        "  seed: 1",
        "  validation: 0.2",
        "  test: 0.2",
        "learner: xgboost",
        "parameters:",
        "  xgboost: {eta: 0.2}",
        "release:",
        "  minimum_auc: 0.6",
        "  minimum_positives: 10",
        "  calibration_tolerance: 0.1",
        "  margin: 0.01",
        "offer:",
        "  gain: 10",
        "  cost: 1",
        "  currency: EUR",
        "");
  }

  /** A model with these bytes; another {@code code} gives another key, not another model. */
  Artifact model(String bytes, String code, Origin origin, String eta) {
    SortedMap<String, JsonNode> parameters = new TreeMap<>();
    JsonNode given = CanonicalJson.read(("{\"eta\":" + eta + "}").getBytes(), JsonNode.class, "");
    parameters.put("learner", new TextNode("xgboost"));
    parameters.put("parameters", Trainers.named("xgboost").parameters(given));
    return commit(
        new Computation(
            dataset, origin, "train", Digest.of(code + bytes), parameters, new TreeMap<>()),
        Map.of("model.ubj", bytes.getBytes()));
  }

  /** A model of real rows with the specification's parameters. */
  Artifact model(String bytes) {
    return model(bytes, "code", Origin.REAL, "0.2");
  }

  /** The model's evaluation. */
  Artifact evaluation(Artifact model, Optional<Artifact> champion, Evaluation.Decision decision) {
    SortedMap<String, Input> inputs = new TreeMap<>();
    inputs.put("model", model.asInput());
    champion.ifPresent(artifact -> inputs.put("champion", artifact.asInput()));
    boolean passes = decision == Evaluation.Decision.RELEASE;
    Map<String, Object> evaluation =
        Map.of(
            "schema",
            1,
            "rows",
            1000,
            "positives",
            100,
            "verdict",
            Map.of(
                "decision",
                decision,
                "checks",
                List.of(Map.of("passed", passes, "text", "AUC 0.75 against 0.6"))));
    return commit(
        new Computation(
            dataset,
            model.manifest().origin(),
            "evaluate",
            Digest.of("code"),
            new TreeMap<>(),
            inputs),
        Map.of(Evaluation.FILE, CanonicalJson.bytes(evaluation)));
  }

  private Artifact commit(Computation computation, Map<String, byte[]> files) {
    try {
      Path folder = Files.createTempDirectory("candidate");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
      return store.commit(computation, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
