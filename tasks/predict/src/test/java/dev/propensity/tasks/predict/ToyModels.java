package dev.propensity.tasks.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.model.ModelDirectory;
import dev.propensity.model.Trainers;
import dev.propensity.model.trainer.Trainer;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Origin;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** A synthetic dataset, its tables and models, as download and train write them. */
record ToyModels(ArtifactStore store, Path work) {
  static final String SPECIFICATION =
      """
      name: toys
      title: Who buys the toy?
      source: toys.csv
      identifier: id
      label: {column: bought, positive: "yes", negative: "no"}
      features:
        - {name: age, kind: number, minimum: 0}
        - {name: town, kind: category}
      offer: {gain: 5, cost: 1}
      submission: {}
      """;

  /** A table as written by download. */
  Artifact raw(String csv, Origin origin) throws IOException {
    Path folder = Files.createTempDirectory(work, "raw");
    Path file = folder.resolve("data.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(csv.getBytes(StandardCharsets.UTF_8));
    }
    return commit("toys", origin, "download", new TextNode(Digest.of(csv).hex()), folder);
  }

  /** Rows with labels. */
  static String csv(int rows) {
    StringBuilder csv = new StringBuilder("id,age,town,bought\n");
    for (int row = 0; row < rows; row++) {
      boolean bought = (row * 37 % 100 + row % 3 * 20) > 60;
      csv.append("t").append(row).append(',').append(row * 37 % 100).append(",town ");
      csv.append(row % 3).append(bought ? ",yes\n" : ",no\n");
    }
    return csv.toString();
  }

  /** A model with this many rounds. */
  Artifact model(int rounds, Origin origin) throws IOException {
    DatasetSpec spec = DatasetSpec.parse(SPECIFICATION, "toys.yaml");
    List<Encoder.Feature> features =
        spec.columns().stream().map(column -> new Encoder.Feature(column, towns(column))).toList();
    Encoder encoder = new Encoder(spec.identifier(), spec.label(), features);
    byte[] csv = csv(400).getBytes(StandardCharsets.UTF_8);
    FeatureTable table =
        FeatureTable.encodeLabeled(new ByteArrayInputStream(csv), "toys.csv", encoder);
    Trainer trainer = Trainers.named("xgboost");
    JsonNode parameters =
        trainer.parameters(CanonicalJson.mapper().createObjectNode().put("rounds", rounds));
    Path folder = Files.createTempDirectory(work, "model");
    new ModelDirectory(spec, origin == Origin.SYNTHETIC, "xgboost", parameters)
        .write(folder, trainer.train(encoder, table, table, parameters, 1), encoder, table, table);
    return commit("toys", origin, "train", new IntNode(rounds), folder);
  }

  private static List<String> towns(Column column) {
    return column.kind() == ColumnKind.CATEGORY ? List.of("town 0", "town 1", "town 2") : List.of();
  }

  /** Makes a model the champion. */
  void release(String name, Artifact model) {
    new ReleaseLedger(store, name)
        .append(
            last ->
                new NextEntry(name, last, "a run", "better")
                    .released(
                        new Release(
                            last.map(state -> state.versions() + 1).orElse(1),
                            model.uri(),
                            Release.digestOf(model),
                            model.uri().resolve("evaluation"))));
  }

  Artifact commit(String dataset, Origin origin, String task, JsonNode parameter, Path folder) {
    SortedMap<String, JsonNode> parameters = new TreeMap<>();
    parameters.put("parameter", parameter);
    return store.commit(
        new Computation(
            dataset, origin, task, Digest.of("development"), parameters, new TreeMap<>()),
        folder);
  }
}
