package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.model.Offers;
import dev.propensity.tasks.serve.http.ApiKeys;
import dev.propensity.tasks.serve.http.PeerSettings;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import dev.propensity.testing.TaskRunner;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access with API keys. */
class ApiKeysTest {
  private static final String OLD = "0123456789abcdef-old";
  private static final String NEW = "0123456789abcdef-new";
  private static final byte[] CSV = Offers.plainCsv(1, 1).getBytes(StandardCharsets.UTF_8);

  @TempDir static Path folder;
  private static ModelStatus state;

  @BeforeAll
  static void train() throws Exception {
    state =
        ModelStatus.waiting("")
            .swapped(0, ModelLoader.load(Offers.trainPlain(folder, 1)), null, null);
  }

  @Test
  void demandsOneOfItsKeysForWhatHoldsData() throws Exception {
    EndpointServer server = start(ApiKeys.demanded(OLD + ", " + NEW));
    Responses responses = new Responses(server.port());
    try {
      for (String wrong : List.of("", OLD + "x", OLD.substring(1), OLD + "," + NEW)) {
        HttpResponse<String> rejected = responses.upload(CSV, ApiKeys.HEADER, wrong);
        assertThat(rejected.statusCode()).as(wrong).isEqualTo(401);
        assertThat(rejected.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(rejected.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
      }
      assertThat(responses.upload(CSV, ApiKeys.HEADER, OLD).statusCode()).isEqualTo(200);
      assertThat(responses.upload(CSV, ApiKeys.HEADER, NEW).statusCode()).isEqualTo(200);
      for (String bearer : List.of("Bearer " + OLD, "bearer  " + NEW)) {
        assertThat(responses.upload(CSV, "Authorization", bearer).statusCode()).isEqualTo(200);
      }
      for (String wrong : List.of("Bearer " + OLD + "x", "Bearer", OLD, "Basic " + OLD)) {
        assertThat(responses.upload(CSV, "Authorization", wrong).statusCode()).isEqualTo(401);
      }
      for (String shut : List.of("/api/v1/model", "/nowhere", "/metrics")) {
        assertThat(responses.get(shut).statusCode()).as(shut).isEqualTo(401);
      }
      for (String open : List.of("/", "/ping", "/api/v1/health", "/api/v1/health/ready")) {
        assertThat(responses.get(open).statusCode()).as(open).isEqualTo(200);
      }
      assertThat(responses.csv(Offers.plainCsv(1, 1)).statusCode()).isEqualTo(401);
    } finally {
      server.stop();
    }
  }

  @Test
  void sageMakerAsksWithoutAKey() throws Exception {
    EndpointServer server = start(ApiKeys.sagemaker(""));
    Responses responses = new Responses(server.port());
    try {
      assertThat(responses.csv(Offers.plainCsv(1, 1)).statusCode()).isEqualTo(200);
      assertThat(responses.upload(CSV).statusCode()).isEqualTo(401);
    } finally {
      server.stop();
    }
  }

  @Test
  void listensBeyondThisMachineOnlyWithKeysOrInSoManyWords() throws Exception {
    String[] open = {"--model", folder.toString(), "--host", "0.0.0.0", "--port", "0"};
    assertThat(TaskRunner.run(new ServeTask(), Map.of(), open).rejected()).contains("--no-api-key");
    assertThat(TaskRunner.run(new ServeTask(), Map.of(ApiKeys.VARIABLE, "short"), open).rejected())
        .contains("has a key of fewer than");
    String[] local = {"--model", folder.toString()};
    assertThat(TaskRunner.run(new ServeTask(), Map.of("PORT", "eighty"), local).rejected())
        .contains("PORT is 'eighty'");
    try (RunningServer server =
        new RunningServer(
            Map.of(), "--model", folder.toString(), "--host", "0.0.0.0", "--no-api-key")) {
      assertThat(server.responses().get("/api/v1/model").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void everyAnswerNamesItsRequest() throws Exception {
    EndpointServer server = start(ApiKeys.off());
    Responses responses = new Responses(server.port());
    try {
      for (String path : List.of("/", "/ping", "/nowhere", "/api/v1/health", Responses.UPLOAD)) {
        HttpResponse<String> response = responses.get(path);
        assertThat(response.headers().firstValue("X-Request-Id").orElseThrow())
            .as(path)
            .matches("[0-9a-f]{32}");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Server")).isEmpty();
      }
      HttpRequest.Builder named =
          responses
              .request("/ping")
              .header("X-Request-Id", "order-7")
              .header("X-Inference-Id", "i.9");
      HttpResponse<String> response = responses.send(named);
      assertThat(response.headers().firstValue("X-Request-Id")).contains("order-7");
      assertThat(response.headers().firstValue("X-Inference-Id")).contains("i.9");
      HttpResponse<String> odd =
          responses.send(responses.request("/ping").header("X-Request-Id", "<script>"));
      assertThat(odd.headers().firstValue("X-Request-Id").orElseThrow()).matches("[0-9a-f]{32}");
    } finally {
      server.stop();
    }
  }

  private static EndpointServer start(ApiKeys keys) {
    ServerSettings settings =
        new ServerSettings(
            ServerSettings.LOCAL,
            0,
            Bounds.of(1, 100),
            UploadBounds.of(1, 100),
            keys,
            PeerSettings.none());
    EndpointServer server = new EndpointServer(new ModelHolder(state), settings);
    server.start();
    return server;
  }
}
