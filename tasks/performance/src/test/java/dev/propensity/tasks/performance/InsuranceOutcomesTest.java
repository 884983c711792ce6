package dev.propensity.tasks.performance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.artifacts.Outcomes;
import dev.propensity.artifacts.PerformanceArtifact;
import dev.propensity.artifacts.PredictionsArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.Model;
import dev.propensity.model.SharedRows;
import dev.propensity.model.metric.Interval;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentWriter;
import dev.propensity.monitoring.performance.LiveVerdict;
import dev.propensity.monitoring.performance.Performance;
import dev.propensity.report.HtmlPage;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.outcomes.OutcomesTask;
import dev.propensity.tasks.predict.PredictTask;
import dev.propensity.testing.ModelArtifacts;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real test rows, scored by a real model: what is known if only the selected customers are
 * contacted, and what if some are contacted whatever their score.
 */
class InsuranceOutcomesTest {
  private static final String KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=";
  private static final String DAY = "2026-03-10";
  private static final Path REPORTS = Path.of("target/insurance-performance");

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private static Path work;

  private static final List<Map<String, String>> ROWS = new ArrayList<>();
  private static Map<String, String> environment;
  private static ArtifactStore store;
  private static DatasetSpec spec;
  private static Artifact artifact;
  private static Model model;
  private static Path table;

  @BeforeAll
  static void trainAndRelease() throws IOException {
    store = new ArtifactStore(S3.objects(), new S3Location(S3.root().bucket(), "live"));
    environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_STORE", store.root().toString());
    environment.put(IdentifierKey.VARIABLE, KEY);
    spec = SharedRows.specification();
    Path features = Files.createDirectory(work.resolve("features"));
    SharedRows.preprocess(features);
    table = features.resolve("test-rows.csv");
    readRows();
    ModelArtifacts artifacts = new ModelArtifacts(store, work);
    Artifact encoded =
        artifacts.commit(
            spec,
            Origin.REAL,
            "preprocess",
            Map.of("rows", new TextNode("all")),
            Map.of(),
            features);
    artifact =
        artifacts.train(spec, encoded, CanonicalJson.mapper().createObjectNode().put("rounds", 30));
    model = TrainedModelArtifact.require(store, artifact.uri()).load();
    Path evaluated = Files.createDirectory(work.resolve("evaluation"));
    Files.writeString(
        evaluated.resolve("evaluation.json"),
        "{\"candidate\":{\"scalars\":{\"auc\":0.857,\"auc_low\":0.853,\"auc_high\":0.861}}}");
    Artifact evaluation =
        artifacts.commit(
            spec,
            Origin.REAL,
            "evaluate",
            Map.of(),
            Map.of("model", artifact.asInput()),
            evaluated);
    Release release = new Release(1, artifact.uri(), Release.digestOf(artifact), evaluation.uri());
    new ReleaseLedger(store, spec.name())
        .append(last -> new NextEntry(spec.name(), last, "a run", "better").released(release));
    Files.createDirectories(REPORTS);
  }

  @BeforeEach
  void deleteOutcomes() {
    new Outcomes(store, spec.name())
        .keys()
        .forEach(key -> store.objects().delete(store.root().resolve(key)));
  }

  // The table has no quotes.
  private static void readRows() throws IOException {
    List<String> lines = Files.readAllLines(table);
    String[] header = lines.get(0).split(",", -1);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int column = 0; column < header.length; column++) {
        row.put(header[column], cells[column]);
      }
      ROWS.add(row);
    }
  }

  @Test
  void onlyCustomersWhoWereContactedWhateverTheirScoreShowTheAuc() throws IOException {
    String rules =
        specification(
            "currency: INR\n  explore: 0.02\n  control: 0.05", "outcomes: {horizon_days: 14}");
    S3Location predictions = predict(rules);
    StringBuilder answers = new StringBuilder("id,Response\n");
    Map<String, String> labels = labels();
    for (String line : text(predictions.resolve("predictions.csv")).split("\n")) {
      String[] cells = line.split(",");
      boolean isContacted = cells[3].equals("1");
      boolean answered = "1".equals(labels.get(cells[0]));
      // Without a contact, nobody buys: the increment is the whole rate.
      if (isContacted && answered) {
        answers.append(cells[0]).append(",1\n");
      }
    }
    outcomes(rules, answers.toString());
    Instant made = PredictionsArtifact.require(store, predictions).made();
    String today = LocalDate.ofInstant(made, ZoneOffset.UTC).toString();
    Instant mature = made.plusSeconds(16 * 86_400);

    Performance live = performance(rules, today, "--now=" + mature);

    assertThat(live.rows()).isEqualTo(ROWS.size());
    assertThat(live.contacted().auc().value()).isBetween(0.60, 0.67);
    assertThat(live.contacted().auc().high()).isLessThan(0.7);
    assertThat(live.explore().rows()).isBetween(900, 1150);
    Interval explored = live.explore().auc();
    assertThat(explored.low()).isLessThan(0.857);
    assertThat(explored.high()).isGreaterThan(0.857);
    assertThat(live.explore().bias().low()).isNegative();
    assertThat(live.explore().bias().high()).isPositive();
    assertThat(live.verdict()).isEqualTo(LiveVerdict.GOOD);
    assertThat(live.profit().standardErrors()).isBetween(-3.0, 3.0);
    assertThat(live.profit().promised().value()).isPositive();
    assertThat(live.increment().difference().value())
        .isEqualTo(live.increment().contactedRate().value());
    assertThat(live.increment().control()).isBetween(800, 1400);
    assertThat(live.warnings()).isEmpty();
    assertThat(live.summary()).startsWith("good: ");
  }

  @Test
  void joinsHashedIdentifiersOfCapturedRowsAndSeesAWorseModel() throws IOException {
    capture();
    String all = specification("currency: INR", "outcomes: {contacted: all}");
    Map<String, String> labels = labels();
    outcomes(all, answers(labels, "2026-03-20"));
    Performance good = performance(all, DAY, "--model=" + artifact.uri());
    assertThat(good.unbiased().rows()).isEqualTo(ROWS.size());
    assertThat(good.unbiased().auc().value()).isBetween(0.845, 0.87);
    assertThat(good.unbiased().slope().low()).isLessThan(1.25);
    assertThat(good.verdict()).isEqualTo(LiveVerdict.GOOD);

    String selected = specification("currency: INR", "outcomes: {}");
    Performance biased = performance(selected, DAY, "--model=" + artifact.uri());
    assertThat(biased.contacted().auc().value()).isBetween(0.60, 0.67);
    assertThat(biased.unbiased()).isNull();
    assertThat(biased.verdict()).isEqualTo(LiveVerdict.TOO_FEW);
    assertThat(biased.reasons())
        .containsExactly(
            "nobody was contacted whatever the score, so that nothing shows how the model does on"
                + " all customers: set offer.explore");

    // Corrected later: the answers of other customers.
    List<String> ids = ROWS.stream().map(row -> row.get("id")).toList();
    Map<String, String> wrong = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      wrong.put(ids.get(i), labels.get(ids.get((i + 1) % ids.size())));
    }
    outcomes(all, answers(wrong, "2026-03-21"));
    Performance worse = performance(all, DAY, "--model=" + artifact.uri());
    assertThat(worse.outcomes().corrected()).isGreaterThan(5_000);
    assertThat(worse.unbiased().auc().value()).isBetween(0.47, 0.53);
    assertThat(worse.verdict()).isEqualTo(LiveVerdict.WORSE);
    assertThat(worse.reasons().get(0)).startsWith("the AUC is 0.").endsWith("of the test split");
  }

  private static String answers(Map<String, String> labels, String time) {
    StringBuilder answers = new StringBuilder("id,Response,time\n");
    labels.forEach(
        (id, label) ->
            answers.append(id).append(',').append(label).append(',').append(time).append('\n'));
    return answers.toString();
  }

  private static Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    ROWS.forEach(row -> labels.put(row.get("id"), row.get("Response")));
    return labels;
  }

  private static String specification(String offer, String sections) throws IOException {
    String yaml = Files.readString(Path.of("../../datasets/insurance.yaml"));
    assertThat(yaml).contains("currency: INR");
    return yaml.replace("currency: INR", offer) + "\n" + sections + "\n";
  }

  private static S3Location predict(String rules) throws IOException {
    Path folder = Files.createTempDirectory(work, "raw");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("data.csv.gz")))) {
      Files.copy(table, out);
    }
    Artifact raw =
        new ModelArtifacts(store, work)
            .commit(spec, Origin.REAL, "download", Map.of(), Map.of(), folder);
    return TaskRunner.run(
            new PredictTask(),
            environment,
            "--dataset=" + rules,
            "--raw=" + raw.uri(),
            "--model=" + artifact.uri())
        .succeeded()
        .uri();
  }

  /** The test rows as an endpoint captures them. */
  private static void capture() throws IOException {
    Instant opened = Instant.parse(DAY + "T12:00:00Z");
    SegmentHeader header =
        new SegmentHeader(
            SegmentHeader.SCHEMA,
            spec.name(),
            Release.digestOf(artifact),
            1,
            "server-1",
            opened.toString(),
            CapturedIdentifier.HMAC,
            IdentifierKey.parse(KEY).id(),
            List.of());
    Mac mac = IdentifierKey.parse(KEY).mac();
    Path file = Files.createTempFile(work, "segment", ".arrow");
    try (SegmentWriter writer = new SegmentWriter(file, header, List.of())) {
      int number = 0;
      for (Map<String, String> row : ROWS) {
        byte[] id = row.get("id").getBytes(StandardCharsets.UTF_8);
        byte[] hex = IdentifierKey.hex(mac, id, 0, id.length);
        number++;
        writer.begin(id, number, opened.toEpochMilli() + number, model.score(row));
        writer.identifier(hex, 0, hex.length);
        writer.end();
      }
      writer.finish(SegmentCounts.none(opened.plusSeconds(60)).withRows(number));
    }
    store.objects().write(store.root().resolve(header.key("a")), file);
  }

  private static void outcomes(String rules, String csv) throws IOException {
    Path file = Files.createTempFile(work, "outcomes", ".csv");
    Files.writeString(file, csv);
    TaskRunner.run(new OutcomesTask(), environment, "--dataset=" + rules, "--data=" + file)
        .succeeded();
  }

  private static Performance performance(String rules, String window, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--dataset=" + rules, "--window=" + window));
    arguments.addAll(List.of(more));
    TaskRun run = TaskRunner.run(new PerformanceTask(), environment, arguments).succeeded();
    PerformanceArtifact found = PerformanceArtifact.require(store, run.uri());
    Files.writeString(
        REPORTS.resolve(run.uri().key().replaceAll(".*/", "") + ".html"),
        text(run.uri().resolve(HtmlPage.FILE)));
    return found.performance();
  }

  private static String text(S3Location location) {
    return new String(store.objects().read(location).orElseThrow(), StandardCharsets.UTF_8);
  }
}
