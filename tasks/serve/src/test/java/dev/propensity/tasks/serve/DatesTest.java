package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.DatedOffers;
import dev.propensity.model.Model;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dates in requests. */
class DatesTest {
  private static final String CSV =
      """
      customer,joined,income,born,town
      a,2024-02-03,7,03.02.1999,1
      b,2024-12-31T23:59:59Z,7,31/12/2000,2
      c,,7,1/1/1940,nowhere
      """;

  private static final String JSON =
      """
      [{"customer": "a", "joined": "2024-02-03", "income": 7, "born": "03.02.1999", "town": 1},
       {"born": "31/12/2000", "customer": "b", "joined": "2024-12-31T23:59:59Z", "income": 7,
        "town": "2", "joined_month": 5},
       {"customer": "c", "income": 7, "born": "1/1/1940", "town": "nowhere"}]
      """;

  @TempDir static Path folder;
  private static EndpointServer server;
  private static Responses responses;
  private static Model model;

  @BeforeAll
  static void serve() throws Exception {
    Path features = Files.createDirectory(folder.resolve("features"));
    DatedOffers.preprocess(features);
    // linear: every feature counts
    DatedOffers.train(features, "logistic", "{}", folder.resolve("model"));
    ServedModel served = ModelLoader.load(folder.resolve("model"));
    model = served.model();
    server =
        new EndpointServer(
            new ModelHolder(ModelStatus.waiting("").swapped(0, served, null, null)),
            ServerSettings.local(Bounds.of(1, 1000), UploadBounds.of(1, 100)));
    server.start();
    responses = new Responses(server.port());
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Test
  void areScoredInCsvAndJsonAsTheModelDoes() throws Exception {
    byte[] csv = CSV.getBytes(StandardCharsets.UTF_8);
    FeatureTable table =
        FeatureTable.encode(new ByteArrayInputStream(csv), "rows", model.encoder());
    assertThat(table.values())
        .startsWith(19_756, 7, -332) // 1999-02-03, before 2000-01-01
        .endsWith(Float.NaN, Float.NaN, 1); // 1940-01-01 was a Monday
    float[] expected = model.scorer().scores(table.values(), 3);
    assertScores(responses.csv(CSV), expected);
    assertScores(responses.json(JSON), expected);
  }

  private static void assertScores(HttpResponse<String> response, float[] expected)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode predictions = Responses.tree(response).get("predictions");
    assertThat(predictions).hasSize(expected.length);
    for (int row = 0; row < expected.length; row++) {
      assertThat((float) predictions.get(row).get("score").asDouble()).isEqualTo(expected[row]);
    }
  }

  @Test
  void areRejectedWithColumnAndFormats() throws Exception {
    HttpResponse<String> response = responses.json(JSON.replace("31/12/2000", "2000-12-31"));
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body())
        .contains("row 2: born is '2000-12-31': not a date; write it as dd.MM.yyyy or d/M/yyyy");
    assertThat(responses.json(JSON.replace("\"2024-02-03\"", "20240203")).body())
        .contains("joined is '20240203': not a date; write it as yyyy-MM-dd");
  }

  @Test
  void areDescribedForClients() throws Exception {
    JsonNode columns = Responses.tree(responses.get("/api/v1/model")).at("/dataset/columns");
    assertThat(columns.findValuesAsText("name"))
        .containsExactly("joined", "income", "born", "town");
    assertThat(columns.get(2).toString())
        .contains(
            "\"kind\":\"date\",\"formats\":[\"dd.MM.yyyy\",\"d/M/yyyy\"],"
                + "\"minimum\":\"1940-01-01\",\"maximum\":\"2005-12-31\"");
    assertThat(responses.get("/api/v1/openapi.yaml").body())
        .contains("\"^([0-9]{2}\\\\.[0-9]{2}\\\\.[0-9]{4}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})$\"");
    String sample = responses.get("/api/v1/sample.csv").body();
    assertThat(sample).startsWith("customer,joined,income,born,town\n");
    assertThat(responses.csv(sample).statusCode()).isEqualTo(200);
  }
}
