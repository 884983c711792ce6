package dev.propensity.tasks.performance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.PerformanceArtifact;
import dev.propensity.artifacts.RequestCaptures;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.performance.LiveVerdict;
import dev.propensity.monitoring.performance.OutcomeCounts;
import dev.propensity.monitoring.performance.Performance;
import dev.propensity.report.HtmlPage;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.collect.CapturedToys;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.MlflowServer;
import dev.propensity.tracking.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PerformanceTaskTest {
  private static final String RULES =
      CapturedToys.SPECIFICATION + "capture: {identifier: plain}\noutcomes: {contacted: all}\n";
  private static final String DAY = "--window=2026-03-10";
  private static final String KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=";

  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  @TempDir private Path work;

  private ArtifactStore store;
  private CapturedToys models;
  private ScoredToys toys;
  private Artifact model;
  private Map<String, String> environment;

  @BeforeEach
  void scoreCustomers(TestInfo test) throws IOException {
    S3Location root = new S3Location(S3.root().bucket(), test.getTestMethod().get().getName());
    store = new ArtifactStore(S3.objects(), root);
    environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_STORE", root.toString());
    models = new CapturedToys(store, work);
    toys = new ScoredToys(store, work, environment);
    model = models.model(3, Origin.REAL);
    models.release(model, "2026-03-01T00:00:00Z");
  }

  @Test
  void measuresAWindowAndLateOutcomesMakeAnotherArtifact() throws IOException {
    toys.segment(model, "a", 200);
    toys.outcomes(RULES, 0, 200, "2026-03-20");

    TaskRun first = performance(RULES, DAY).succeeded();

    Performance live = found(first).performance();
    assertThat(live.window()).isEqualTo("2026-03-10");
    assertThat(live.model()).isEqualTo(Release.digestOf(model));
    assertThat(live.rows()).isEqualTo(200);
    assertThat(live.contacted().positives()).isEqualTo(100);
    assertThat(live.contacted().auc().value()).as("the higher half bought").isEqualTo(1);
    assertThat(live.outcomes()).isEqualTo(new OutcomeCounts(1, 200, 0, 0, 0, 0, 0, 0));
    assertThat(live.verdict()).isEqualTo(LiveVerdict.WORSE);
    assertThat(live.reasons())
        .containsExactly(
            "scores are too low: their mean is 0.4020, and the share of positives 0.5000");
    assertThat(live.warnings())
        .containsExactly("the AUC on the test split is not known, and not compared");
    assertThat(first.result().get("verdict").asText()).isEqualTo("worse");
    assertThat(found(first).sources().segments())
        .containsOnlyKeys("captures/toys/2026/03/10/12/a.arrow");
    assertThat(performance(RULES, DAY).succeeded().status()).isEqualTo("unchanged");
    assertThat(performance(RULES, DAY, "--force").succeeded().uri()).isEqualTo(first.uri());

    // Received after the horizon, of the time before it ended.
    toys.outcomes(RULES, 150, 160, "2026-04-20");
    assertThat(found(performance(RULES, DAY).succeeded()).performance().outcomes().outside())
        .isEqualTo(10);
    assertThat(performance(RULES, DAY, "--now=2026-04-19T00:00:00Z").succeeded().uri())
        .as("what was known then")
        .isEqualTo(first.uri());
  }

  @Test
  void waitsUntilTheOutcomesAreComplete() throws IOException {
    assertThat(performance(RULES, DAY, "--now=2026-04-09T23:59:59Z").rejected())
        .isEqualTo(
            "the outcomes of 2026-03-10 are not complete: customers have 30 days to respond"
                + " (outcomes.horizon_days); run it from 2026-04-10T00:00:00Z on");
    Performance nobody =
        found(performance(RULES, DAY, "--now=2026-04-10T00:00:00Z").succeeded()).performance();
    assertThat(nobody.rows()).isZero();
    assertThat(nobody.verdict()).isEqualTo(LiveVerdict.TOO_FEW);
    assertThat(performance(RULES, "--window=2999-01-01").rejected()).contains("are not complete");
    assertThat(performance(CapturedToys.SPECIFICATION, DAY).rejected())
        .isEqualTo("toys.yaml has no section outcomes: add outcomes: {horizon_days: 30}");
  }

  @Test
  void countsTheScoresOfTheChampionAtTheEndOfTheWindow() throws IOException {
    Artifact newer = models.model(4, Origin.REAL);
    models.release(newer, "2026-03-10T12:30:00Z");
    toys.segment(model, "a", 200);
    Performance live = found(performance(RULES, DAY).succeeded()).performance();
    assertThat(live.model()).isEqualTo(Release.digestOf(newer));
    assertThat(live.rows()).isZero();
    assertThat(live.otherModels()).isEqualTo(200);
    assertThat(found(performance(RULES, DAY, "--model=" + model.uri()).succeeded()).performance())
        .extracting(Performance::rows)
        .isEqualTo(200);
    TaskRun none = performance(RULES, "--window=2026-02-10");
    assertThat(none.exit()).isEqualTo(99);
    assertThat(none.result().get("reason").asText())
        .isEqualTo("toys had no champion at the end of the window 2026-02-10");
  }

  @Test
  void joinsHashedIdentifiersOnlyByOneKey() throws IOException {
    environment.put(IdentifierKey.VARIABLE, KEY);
    String hashed = CapturedToys.SPECIFICATION + "outcomes: {contacted: all}\n";
    toys.segment(model, "a", 200, KEY);
    toys.outcomes(hashed, 0, 200, "2026-03-20");
    Performance live = found(performance(hashed, DAY).succeeded()).performance();
    assertThat(live.contacted().positives()).isEqualTo(100);
    String sources = text(performance(hashed, DAY).succeeded().uri().resolve("sources.json"));
    assertThat(sources).contains("outcomes/toys/2026/03/20/");

    environment.remove(IdentifierKey.VARIABLE);
    assertThat(found(performance(hashed, DAY).succeeded()).performance()).isEqualTo(live);
    toys.segment(model, "b", 10);
    assertThat(performance(hashed, DAY).rejected())
        .startsWith("some identifiers are HMACs, and those of predictions are not: set ");
  }

  @Test
  void rejectsAWindowInWhichTheKeyWasChanged() throws IOException {
    String newer = KEY.replace('k', 'n').replace("a2tra2", "a2tra3");
    String hashed = CapturedToys.SPECIFICATION + "outcomes: {contacted: all}\n";
    toys.segment(model, "a", 200, KEY);
    environment.put(IdentifierKey.VARIABLE, newer);
    toys.outcomes(hashed, 0, 200, "2026-03-20");
    assertThat(performance(hashed, DAY).rejected())
        .isEqualTo(
            "scores have identifiers by the keys "
                + IdentifierKey.parse(KEY).id()
                + ", and outcomes by the keys "
                + IdentifierKey.parse(newer).id()
                + ": only equal keys can be joined. If PROPENSITY_CAPTURE_KEY was changed within its"
                + " horizon, this window cannot be measured: those that begin after the change can");
  }

  @Test
  void joinsTheRequestsThatSageMakerStored() throws IOException {
    String event =
        """
        {"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INPUT",\
        "data":"id,age,town\\nc0,30,north\\nc199,40,south\\n","encoding":"CSV"},\
        "endpointOutput":{"observedContentType":"text/csv","mode":"OUTPUT",\
        "data":"id,score,label\\nc0,0.25,1\\nc199,0.75,1\\n","encoding":"CSV"}},\
        "eventMetadata":{"eventId":"a","inferenceTime":"2026-03-10T12:00:01Z"},"eventVersion":"0"}
        """;
    S3Location requests = store.root().resolve("requests/endpoint/model");
    new RequestCaptures(store, "toys").register(requests, 90);
    S3Location file = requests.resolve("2026/03/10/12/00-00-000-a.jsonl");
    store.objects().write(file, event.getBytes(StandardCharsets.UTF_8));
    toys.outcomes(RULES, 0, 200, "2026-03-20");
    PerformanceArtifact found = found(performance(RULES, DAY).succeeded());
    assertThat(found.performance().rows()).isEqualTo(2);
    assertThat(found.performance().contacted().positives()).as("c199").isEqualTo(1);
    assertThat(found.sources().segments()).containsOnlyKeys(file.toString());
    environment.put(IdentifierKey.VARIABLE, KEY);
    assertThat(performance(RULES.replace("plain", "hmac"), DAY).rejected())
        .contains("capture.identifier is hmac (the default)", "SageMaker stores requests");
  }

  @Test
  void namesDamagedFiles() throws IOException {
    S3Location segment = toys.segment(model, "a", 200);
    S3Location torn = toys.segment(model, "b", 200);
    byte[] bytes = store.objects().read(torn).orElseThrow();
    store.objects().write(torn, Arrays.copyOf(bytes, bytes.length / 2));
    Performance live = found(performance(RULES, DAY).succeeded()).performance();
    assertThat(live.rows()).isEqualTo(200);
    assertThat(live.warnings())
        .contains("1 segments of captured rows cannot be read, and are left out");
    store.objects().delete(segment);
    S3Location batch = toys.outcomes(RULES, 0, 200, "2026-03-20");
    store.objects().write(batch, new byte[] {1, 2, 3});
    assertThat(performance(RULES, DAY).rejected())
        .isEqualTo(batch + " is not a batch of outcomes, or is incomplete or damaged");
  }

  @Test
  void isOnAPageAndInMlflow() throws IOException {
    environment.put("MLFLOW_TRACKING_URI", MLFLOW.uri());
    toys.segment(model, "a", 200);
    toys.outcomes(RULES, 0, 200, "2026-03-20");

    TaskRun run = performance(RULES, DAY).succeeded();

    assertThat(text(run.uri().resolve(HtmlPage.FILE)))
        .contains(
            "Performance: toys, 2026-03-10",
            "worse: 200 customers scored, 200 contacted, 100 positive, AUC 1.0000",
            "Among all customers",
            "<td class=\"number\">1.0000</td>",
            "Promised by the scores",
            "How each number was computed")
        .doesNotContain("<script", "Among contacted customers");
    String page = run.result().get("mlflow_run").asText();
    assertThat(run.result().get("report").asText())
        .isEqualTo(page + "/artifacts/performance/2026-03-10/report.html");
    String id = page.substring(page.lastIndexOf('/') + 1);
    JsonNode auc = get("metrics/get-history?metric_key=live_auc&run_id=" + id).get("metrics");
    assertThat(auc).hasSize(1);
    assertThat(auc.get(0).get("value").asDouble()).isEqualTo(1);
    assertThat(auc.get(0).get("step").asLong())
        .isEqualTo(LocalDate.parse("2026-03-10").toEpochDay());
    performance(RULES, DAY).succeeded();
    assertThat(get("metrics/get-history?metric_key=live_auc&run_id=" + id).get("metrics"))
        .hasSize(1);
    assertThat(get("metrics/get-history?metric_key=live_verdict&run_id=" + id).toString())
        .contains("\"value\":3.0");
  }

  private TaskRun performance(String rules, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--dataset=" + rules));
    all.addAll(List.of(arguments));
    return TaskRunner.run(new PerformanceTask(), environment, all);
  }

  private PerformanceArtifact found(TaskRun run) {
    return PerformanceArtifact.require(store, run.uri());
  }

  private String text(S3Location location) {
    return new String(store.objects().read(location).orElseThrow(), StandardCharsets.UTF_8);
  }

  private static JsonNode get(String path) throws IOException {
    return CanonicalJson.mapper().readTree(MLFLOW.get("/api/2.0/mlflow/" + path));
  }
}
