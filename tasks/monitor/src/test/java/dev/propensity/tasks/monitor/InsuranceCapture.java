package dev.propensity.tasks.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.Model;
import dev.propensity.model.SharedRows;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentWriter;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.testing.ModelArtifacts;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Days of real insurance rows, as an endpoint with a real model captures them. */
final class InsuranceCapture {
  private static final int ROUNDS = 40;

  private final ArtifactStore store;
  private final Path work;
  private final DatasetSpec spec;
  private final List<Map<String, String>> rows = new ArrayList<>();
  private final Artifact artifact;
  private final Model model;

  /** Trains the model and releases it. */
  InsuranceCapture(ArtifactStore store, Path work) throws IOException {
    this.store = store;
    this.work = work;
    this.spec = SharedRows.specification();
    Path features = Files.createTempDirectory(work, "features");
    SharedRows.preprocess(features);
    read(features.resolve("test-rows.csv"));
    ModelArtifacts artifacts = new ModelArtifacts(store, work);
    Artifact encoded =
        artifacts.commit(
            spec,
            Origin.REAL,
            "preprocess",
            Map.of("rows", new TextNode("all")),
            Map.of(),
            features);
    JsonNode parameters = CanonicalJson.mapper().createObjectNode().put("rounds", ROUNDS);
    this.artifact = artifacts.train(spec, encoded, parameters);
    this.model = TrainedModelArtifact.require(store, artifact.uri()).load();
    Release release =
        new Release(
            1, artifact.uri(), Release.digestOf(artifact), artifact.uri().resolve("evaluation"));
    new ReleaseLedger(store, spec.name())
        .append(last -> new NextEntry(spec.name(), last, "a run", "better").released(release));
  }

  // The table has no quotes.
  private void read(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    String[] header = lines.get(0).split(",", -1);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int column = 0; column < header.length; column++) {
        row.put(header[column], cells[column]);
      }
      rows.add(row);
    }
  }

  /** The model that answers, for collect: its release is of now, after the days. */
  String modelOption() {
    return "--model=" + artifact.uri();
  }

  String specification() throws IOException {
    return Files.readString(Path.of("../../datasets/insurance.yaml"));
  }

  /**
   * Captures a day.
   *
   * @param count of the rows, about
   * @param change of each row
   */
  void day(LocalDate day, int count, UnaryOperator<Map<String, String>> change) throws IOException {
    Random random = new Random(day.toEpochDay());
    Instant opened = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    List<String> columns = spec.columns().stream().map(Column::name).toList();
    SegmentHeader header =
        new SegmentHeader(
            SegmentHeader.SCHEMA,
            spec.name(),
            Release.digestOf(artifact),
            1,
            "server-1",
            opened.toString(),
            CapturedIdentifier.NONE,
            null,
            List.of());
    Path file = Files.createTempFile(work, "segment", ".arrow");
    // A day's own mix of customers, as campaigns make it.
    double young = 0.02 * random.nextGaussian();
    int captured = (int) (count * (1 + 0.08 * random.nextGaussian()));
    try (SegmentWriter writer = new SegmentWriter(file, header, columns)) {
      byte[] request = day.toString().getBytes(StandardCharsets.UTF_8);
      for (int number = 1; number <= captured; number++) {
        Map<String, String> row = change.apply(new HashMap<>(draw(random, young)));
        writer.begin(request, number, opened.plusMillis(number).toEpochMilli(), model.score(row));
        for (int column = 0; column < columns.size(); column++) {
          String cell = row.getOrDefault(columns.get(column), "");
          if (!cell.isEmpty()) {
            byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
            writer.cell(column, bytes, 0, bytes.length);
          }
        }
        writer.end();
      }
      writer.finish(counts(captured, random, opened));
    }
    store.objects().write(store.root().resolve(header.key(day.toString())), file);
  }

  private Map<String, String> draw(Random random, double young) {
    while (true) {
      Map<String, String> row = rows.get(random.nextInt(rows.size()));
      boolean isYoung = Double.parseDouble(row.get("Age")) < 30;
      if (random.nextDouble() < (isYoung ? 0.5 + young : 0.5 - young)) {
        return row;
      }
    }
  }

  private static SegmentCounts counts(int captured, Random random, Instant opened) {
    int rejected = 2 + random.nextInt(8);
    boolean isLossy = random.nextInt(8) == 0;
    TreeMap<String, SortedMap<String, Long>> cells = new TreeMap<>();
    cells.put("Age", new TreeMap<>(Map.of("below_minimum", (long) rejected)));
    cells.put("Gender", new TreeMap<>(Map.of("not_a_value", 2L)));
    SegmentCounts.Gap gap =
        new SegmentCounts.Gap(opened.minusSeconds(90).toString(), opened.toString());
    return new SegmentCounts(
        captured,
        captured + (isLossy ? 12 : 0),
        0,
        isLossy ? 12 : 0,
        rejected,
        cells,
        isLossy ? gap : null,
        opened.plusSeconds(60).toString());
  }
}
