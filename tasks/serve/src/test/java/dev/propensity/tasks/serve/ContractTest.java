package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.model.Offers;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Responses match the contract, and the counters match the requests. */
class ContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static EndpointServer server;
  private static Responses responses;
  private static ContractSchemas schemas;
  private static JsonNode contract;

  @BeforeAll
  static void serve() throws Exception {
    server = OffersServer.start(folder, Bounds.of(1, 100), UploadBounds.of(1, 100));
    responses = new Responses(server.port());
    schemas = new ContractSchemas(responses);
    contract = schemas.contract();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Test
  void theYamlSaysTheSame() throws Exception {
    HttpResponse<String> yaml = responses.get("/api/v1/openapi.yaml");
    assertThat(yaml.headers().firstValue("Content-Type").orElseThrow())
        .contains("application/yaml");
    assertThat(yaml.body()).doesNotContainPattern("@[a-z]+@");
    Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml.body());
    assertThat(JSON.<JsonNode>valueToTree(document)).isEqualTo(contract);
  }

  @Test
  void everyObjectOfAnAnswerIsClosed() {
    List<String> open = new ArrayList<>();
    contract
        .at("/components/schemas")
        .properties()
        .forEach(
            schema -> {
              if (!schema.getKey().equals("Row")) { // in which other columns are ignored
                collectOpen(schema.getKey(), schema.getValue(), open);
              }
            });
    assertThat(open).isEmpty();
  }

  private static void collectOpen(String path, JsonNode schema, List<String> open) {
    if (schema.has("properties") && !schema.has("additionalProperties")) {
      open.add(path);
    }
    schema.properties().forEach(e -> collectOpen(path + "/" + e.getKey(), e.getValue(), open));
  }

  @Test
  void answersAreAsTheirSchemasSay() throws Exception {
    byte[] csv = Offers.plainCsv(5, 1).getBytes(StandardCharsets.UTF_8);
    for (JsonNode prediction : Responses.tree(responses.upload(csv))) {
      schemas.assertValid("Prediction", prediction);
    }
    schemas.assertValid("Scores", Responses.tree(responses.csv(Offers.plainCsv(5, 1))));
    String twice = "customer|age|income|town|size|member\n" + "c|40|1|99.0|small|no\n".repeat(2);
    JsonNode all = Responses.tree(responses.csv(twice));
    assertThat(all.has("csv") && all.has("duplicates") && all.has("doubtful")).isTrue();
    schemas.assertValid("Scores", all);
    JsonNode alike = Responses.tree(responses.csv(twice.replace("99.0", "\uFF13.0")));
    assertThat(alike.has("look_alikes")).isTrue();
    schemas.assertValid("Scores", alike);
    JsonNode numbered = Responses.tree(responses.json("[{\"income\":1,\"member\":true}]"));
    assertThat(numbered.has("identifier")).isTrue();
    schemas.assertValid("Scores", numbered);
    schemas.assertValid("Model", Responses.tree(responses.get("/api/v1/model")));
    schemas.assertValid("MonitoringState", Responses.tree(responses.get("/api/v1/monitoring")));
    schemas.assertValid(
        "ComparedPredictions", Responses.tree(responses.upload("?comparison=training", csv)));
    schemas.assertValid("Health", Responses.tree(responses.get("/api/v1/health/ready")));
    byte[] invalid =
        "customer,age,income,town,size,member\nc,1,x,,,\n".getBytes(StandardCharsets.UTF_8);
    schemas.assertValid("Problem", Responses.tree(responses.upload(invalid)));
    schemas.assertValid("Problem", Responses.tree(responses.json("[{\"age\":1}]")));
    schemas.assertValid("Problem", Responses.tree(responses.get("/nowhere")));
    assertThat(schemas.schema("Prediction").validate(JSON.readTree("{\"customer\":\"a\"}")))
        .isNotEmpty();
  }

  @Test
  void isShownOffline() throws Exception {
    HttpResponse<String> page = responses.get("/api/v1/docs");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).doesNotContain("http:", "https:");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self';")
        .doesNotContain("http");
    for (String file : List.of("docs.js", "swagger-ui-bundle.js", "swagger-ui.css")) {
      assertThat(responses.get("/api/v1/docs/" + file).statusCode()).as(file).isEqualTo(200);
    }
    for (String file : List.of("index.html", "..%2f..%2fpom.xml", "docs.html")) {
      assertThat(responses.get("/api/v1/docs/" + file).statusCode()).as(file).isBetween(400, 404);
    }
  }

  @Test
  void countsWhatWasAskedAndAnswered() throws Exception {
    double before = sample("propensity_rows_scored_total");
    double unseen = sample("propensity_cells_total{column=\"town\",kind=\"unseen\"}");
    double missing = sample("propensity_cells_total{column=\"age\",kind=\"missing\"}");
    String rows = "customer,age,income,town,size,member\na,,1,99.0,small,no\nb,20,1,1.0,small,no\n";
    assertThat(responses.upload(rows.getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(200);
    assertThat(responses.csv(rows).statusCode()).isEqualTo(200);
    responses.get("/some/path/of/theirs");
    assertThat(sample("propensity_rows_scored_total")).isEqualTo(before + 4);
    assertThat(sample("propensity_score_count")).isEqualTo(before + 4);
    assertThat(sample("propensity_score_bucket{le=\"1.0\"}")).isEqualTo(before + 4);
    assertThat(sample("propensity_cells_total{column=\"town\",kind=\"unseen\"}"))
        .isEqualTo(unseen + 2);
    assertThat(sample("propensity_cells_total{column=\"age\",kind=\"missing\"}"))
        .isEqualTo(missing + 2);
    assertThat(sample("propensity_model_ready")).isEqualTo(1);
    assertThat(sample("propensity_model_age_seconds")).isPositive();
    String text = responses.get("/metrics").body();
    assertThat(text)
        .contains("propensity_model_info{digest=")
        .contains(
            "propensity_requests_seconds_bucket{error=\"false\",method=\"POST\",path=\"/invocations\"")
        .contains("method=\"GET\",path=\"other\",size=\"small\",status=\"404\"")
        .doesNotContain("theirs");
  }

  @Test
  void countsLargeRequestsApartFromOthersAndFailuresFromZero() throws Exception {
    String small = requests("/invocations", "200", "small");
    String large = requests("/invocations", "200", "large");
    double before = sample(small);
    double largeBefore = sample(large);
    String row = "a,20,1,1.0,small,no\n";
    String header = "customer,age,income,town,size,member\n";
    assertThat(responses.csv(header + row).statusCode()).isEqualTo(200);
    String wide = "a,20,1,1.0,small,no," + "x".repeat(10_000) + "\n";
    String wideHeader = "customer,age,income,town,size,member,note\n";
    assertThat(responses.csv(wideHeader + wide.repeat(30)).statusCode()).isEqualTo(200);
    await(small, before + 1);
    await(large, largeBefore + 1);
    assertThat(responses.get("/metrics").body().lines())
        .contains(requests("/invocations", "503", "small") + " 0")
        .contains(requests("/invocations", "500", "small") + " 0")
        .contains(requests(Responses.UPLOAD, "503", "large") + " 0");
  }

  private static String requests(String path, String status, String size) {
    String labels = "error=\"%s\",method=\"POST\",path=\"%s\",size=\"%s\",status=\"%s\"";
    return "propensity_requests_seconds_count{"
        + labels.formatted(!status.equals("200"), path, size, status)
        + "}";
  }

  /** A request is counted after its response was sent. */
  private static void await(String sample, double value) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (sample(sample) != value) {
      assertThat(System.nanoTime()).as(sample).isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  /** The value of this sample; 0 if it is not reported yet. */
  private static double sample(String name) throws Exception {
    HttpResponse<String> metrics = responses.get("/metrics");
    assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    return metrics
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }
}
