package dev.propensity.tasks.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.model.ModelDirectory;
import dev.propensity.model.Trainers;
import dev.propensity.model.trainer.Trainer;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentWriter;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.testing.ModelArtifacts;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Real models of a synthetic dataset, their releases, and segments of rows that they scored. */
public record CapturedToys(ArtifactStore store, Path work) {
  public static final String SPECIFICATION =
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
      """;

  private static final List<String> COLUMNS = List.of("age", "town");

  /** A model with this many rounds, as train writes it. */
  public Artifact model(int rounds, Origin origin) throws IOException {
    DatasetSpec spec = DatasetSpec.parse(SPECIFICATION, "toys.yaml");
    Encoder encoder =
        new Encoder(
            spec.identifier(),
            spec.label(),
            List.of(
                new Encoder.Feature(spec.columns().get(0), List.of()),
                new Encoder.Feature(spec.columns().get(1), List.of("north", "south"))));
    StringBuilder csv = new StringBuilder("id,age,town,bought\n");
    for (int row = 0; row < 400; row++) {
      String town = row % 3 == 0 ? "north" : "south";
      String label = row % 100 > 60 ? "yes" : "no";
      csv.append("%d,%d,%s,%s%n".formatted(row, row % 100, town, label));
    }
    byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
    FeatureTable table =
        FeatureTable.encodeLabeled(new ByteArrayInputStream(bytes), "toys.csv", encoder);
    Trainer trainer = Trainers.named("xgboost");
    JsonNode parameters =
        trainer.parameters(CanonicalJson.mapper().createObjectNode().put("rounds", rounds));
    Path folder = Files.createTempDirectory(work, "model");
    new ModelDirectory(spec, origin == Origin.SYNTHETIC, "xgboost", parameters)
        .write(folder, trainer.train(encoder, table, table, parameters, 1), encoder, table, table);
    return commit(origin, new IntNode(rounds), folder);
  }

  /** The same model with another {@code baseline.json}; an empty one deletes it. */
  public Artifact withBaseline(Artifact model, String json) throws IOException {
    Path folder = store.fetch(model, Files.createTempDirectory(work, "changed"));
    Path file = folder.resolve(ModelDirectory.BASELINE);
    Files.delete(file);
    if (!json.isEmpty()) {
      Files.writeString(file, json);
    }
    return commit(Origin.REAL, new TextNode("baseline " + json), folder);
  }

  private Artifact commit(Origin origin, JsonNode parameter, Path folder) {
    DatasetSpec spec = DatasetSpec.parse(SPECIFICATION, "toys.yaml");
    return new ModelArtifacts(store, work)
        .commit(spec, origin, "train", Map.of("parameter", parameter), Map.of(), folder);
  }

  /** Appends an entry to the release ledger: from then on, the model is live. */
  public void release(Artifact model, String when) {
    new ReleaseLedger(store, "toys")
        .append(
            last -> {
              List<Digest> models =
                  new ArrayList<>(last.map(LedgerEntry::models).orElse(List.of()));
              models.add(Release.digestOf(model));
              int version = models.size();
              Release next =
                  new Release(
                      version,
                      model.uri(),
                      Release.digestOf(model),
                      model.uri().resolve("evaluation"));
              Release previous = last.map(LedgerEntry::champion).orElse(null);
              return new LedgerEntry(
                  LedgerEntry.SCHEMA,
                  version,
                  "toys",
                  LedgerEntry.Action.RELEASED,
                  previous == null ? null : previous.version(),
                  version,
                  next,
                  next,
                  previous,
                  null,
                  List.of(),
                  models,
                  "a run",
                  when,
                  "better");
            });
  }

  /** Rolls the last release back. */
  public void rollBack(String when) {
    new ReleaseLedger(store, "toys")
        .append(
            last -> {
              LedgerEntry entry = new NextEntry("toys", last, "a run", "worse").rolledBack(null);
              return new LedgerEntry(
                  entry.schema(),
                  entry.number(),
                  entry.name(),
                  entry.action(),
                  entry.from(),
                  entry.to(),
                  entry.subject(),
                  entry.champion(),
                  entry.previous(),
                  entry.challenger(),
                  entry.held(),
                  entry.models(),
                  entry.who(),
                  when,
                  entry.why());
            });
  }

  /**
   * Uploads a segment with one row a second.
   *
   * @param id the segment's, and that of the rows' request
   * @param first when the first row was scored
   * @param rows cells of age and town, one row after another
   */
  public S3Location segment(String name, Artifact model, String id, Instant first, String... rows)
      throws IOException {
    SegmentHeader header =
        new SegmentHeader(
            SegmentHeader.SCHEMA,
            name,
            Release.digestOf(model),
            1,
            "server",
            first.toString(),
            CapturedIdentifier.NONE,
            null,
            List.of());
    Path file = Files.createTempFile(work, "segment", ".arrow");
    int count = rows.length / COLUMNS.size();
    try (SegmentWriter writer = new SegmentWriter(file, header, COLUMNS)) {
      for (int row = 0; row < count; row++) {
        byte[] request = id.getBytes(StandardCharsets.UTF_8);
        writer.begin(request, row + 1, first.plusSeconds(row).toEpochMilli(), 0.5f);
        for (int column = 0; column < COLUMNS.size(); column++) {
          byte[] cell = rows[row * COLUMNS.size() + column].getBytes(StandardCharsets.UTF_8);
          writer.cell(column, cell, 0, cell.length);
        }
        writer.end();
      }
      writer.finish(
          new SegmentCounts(
              count, count, 0, 0, 0, new TreeMap<>(), null, first.plusSeconds(60).toString()));
    }
    S3Location location = store.root().resolve(header.key(id));
    store.objects().write(location, file);
    return location;
  }
}
