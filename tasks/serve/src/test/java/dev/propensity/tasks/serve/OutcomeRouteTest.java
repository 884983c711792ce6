package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.Outcomes;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.dataset.specification.OutcomeRule;
import dev.propensity.model.Offers;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.outcome.OutcomeBatchReader;
import dev.propensity.monitoring.outcome.OutcomeRow;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.serve.http.ApiKeys;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.monitoring.LedgerCache;
import dev.propensity.tasks.serve.outcome.OutcomeRoute;
import dev.propensity.tasks.serve.outcome.OutcomeSettings;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import dev.propensity.testing.TaskRunner;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes over HTTP: who may send them, which are stored, and how. */
class OutcomeRouteTest {
  private static final String WRITE = "0123456789abcdef-write";
  private static final String READ = "0123456789abcdef-read";
  private static final String KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=";
  private static final String CSV = "customer,taken,time\na,yes,2026-11-01\nb,no,\n";

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path folder;
  private String name;

  @BeforeEach
  void release(TestInfo test) throws Exception {
    name = "offers-" + Integer.toHexString(test.getDisplayName().hashCode());
    Releases releases = new Releases(S3.store(), name, folder);
    releases.release(releases.model(1));
  }

  private RunningServer serve(String... more) throws Exception {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_OUTCOMES_KEYS", WRITE);
    environment.put(ApiKeys.VARIABLE, READ);
    environment.put(IdentifierKey.VARIABLE, KEY);
    List<String> options = new ArrayList<>(List.of("--name", name));
    options.addAll(List.of(more));
    RunningServer server = new RunningServer(environment, options.toArray(String[]::new));
    HttpRequest.Builder ping = server.responses().request("/ping");
    while (server.responses().send(ping.GET()).statusCode() != 200) {
      Thread.sleep(20);
    }
    return server;
  }

  @Test
  void storesOutcomesWithHashedIdentifiersOnce() throws Exception {
    try (RunningServer server = serve("--outcomes", "{}")) {
      JsonNode first = Responses.tree(send(server, CSV, WRITE));
      new ContractSchemas(server.responses()).assertValid("StoredOutcomes", first);
      assertThat(first.get("status").asText()).isEqualTo("stored");
      assertThat(first.get("rows").asInt()).isEqualTo(2);
      JsonNode again = Responses.tree(send(server, CSV, WRITE));
      assertThat(again.get("status").asText()).isEqualTo("unchanged");
      assertThat(again.get("batch")).isEqualTo(first.get("batch"));
      assertThat(new Outcomes(S3.store(), name).keys())
          .containsExactly(first.get("batch").asText());
      assertThat(rows(first.get("batch").asText()))
          .extracting(OutcomeRow::identifier)
          .containsExactly(hex("a"), hex("b"));
    }
  }

  @Test
  void onlyTheWriteKeyMaySendThem() throws Exception {
    try (RunningServer server = serve("--outcomes", "{}")) {
      for (String wrong : List.of("", READ, WRITE + "x")) {
        HttpResponse<String> response = send(server, CSV, wrong);
        assertThat(response.statusCode()).as(wrong).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
      }
      HttpRequest.Builder read =
          server.responses().request("/api/v1/model").header(ApiKeys.HEADER, WRITE);
      assertThat(server.responses().send(read.GET()).statusCode()).isEqualTo(401);
      assertThat(new Outcomes(S3.store(), name).keys()).isEmpty();
    }
    try (RunningServer server = serve()) {
      assertThat(send(server, CSV, WRITE).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void rejectsWhatItCannotStoreAsAWhole() throws Exception {
    try (RunningServer server =
        serve("--outcomes", "{contacted: called}", "--body-rows", "2", "--body-mebibytes", "1")) {
      JsonNode invalid =
          Responses.tree(send(server, "customer,taken,called\na,yes,1\nb,maybe,0\n", WRITE));
      assertThat(invalid.get("status").asInt()).isEqualTo(422);
      assertThat(invalid.at("/errors/0/line").asInt()).isEqualTo(3);
      assertThat(invalid.at("/errors/0/column").asText()).isEqualTo("taken");
      assertThat(invalid.at("/errors/0/value").asText()).isEqualTo("maybe");
      assertThat(Responses.tree(send(server, CSV, WRITE)).get("detail").asText())
          .startsWith("the body, line 1: the column 'called' is missing");
      String row = "x,yes,1\n";
      assertThat(send(server, "customer,taken,called\n" + row.repeat(3), WRITE).statusCode())
          .isEqualTo(413);
      assertThat(send(server, "customer,taken,called\n" + " ".repeat(1 << 21), WRITE).statusCode())
          .isEqualTo(413);
      HttpRequest.Builder json =
          server
              .responses()
              .request("/api/v1/outcomes")
              .header(ApiKeys.HEADER, WRITE)
              .header("Content-Type", "application/json");
      assertThat(
              server
                  .responses()
                  .send(json.POST(HttpRequest.BodyPublishers.ofString("[]")))
                  .statusCode())
          .isEqualTo(415);
      assertThat(new Outcomes(S3.store(), name).keys()).isEmpty();
    }
  }

  @Test
  void eachInvalidOptionIsOneLine() throws Exception {
    Map<String, String> store = Map.of("PROPENSITY_STORE", "s3://none/store");
    assertThat(rejected(store, "--name", "offers", "--outcomes", "{}"))
        .isEqualTo("--outcomes needs keys of its own: set PROPENSITY_OUTCOMES_KEYS to one or more");
    assertThat(rejected(store, "--model", "models", "--outcomes", "{}"))
        .isEqualTo("--outcomes needs --name: outcomes are kept by the name of their dataset");
    Map<String, String> keyed = new HashMap<>(store);
    keyed.put("PROPENSITY_OUTCOMES_KEYS", "short");
    assertThat(rejected(keyed, "--name", "offers", "--outcomes", "{}"))
        .startsWith("capture.identifier is hmac, which needs a key: ");
    keyed.put(IdentifierKey.VARIABLE, KEY);
    assertThat(rejected(keyed, "--name", "offers", "--outcomes", "{}"))
        .isEqualTo(
            "PROPENSITY_OUTCOMES_KEYS has a key of fewer than 16 characters; use a longer one");
    assertThat(rejected(keyed, "--name", "offers", "--outcomes", "{horizon_days: x}"))
        .contains("--outcomes", "horizon_days must be a number");
  }

  @Test
  void aKeyIsForReadingOrForSending() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("PROPENSITY_STORE", "s3://none/store");
    environment.put(IdentifierKey.VARIABLE, KEY);
    environment.put("PROPENSITY_OUTCOMES_KEYS", WRITE + "," + READ);
    environment.put(ApiKeys.VARIABLE, "0123456789abcdef-other, " + READ);
    assertThat(rejected(environment, "--name", "offers", "--outcomes", "{}"))
        .isEqualTo(
            "PROPENSITY_OUTCOMES_KEYS and PROPENSITY_API_KEYS have a key in common: use different"
                + " ones, since senders of outcomes may not read");
  }

  @Test
  void aStoreThatRejectsABatchIsNoErrorOfTheSender() throws Exception {
    ServedModel model =
        ModelLoader.load(Offers.trainPlain(Files.createDirectory(folder.resolve("model")), 1));
    ModelHolder holder = new ModelHolder(ModelStatus.waiting("").swapped(0, model, null, null));
    ArtifactStore store =
        new ArtifactStore(S3.objects(), S3Location.parse("s3://no-such-bucket/store"));
    OutcomeSettings settings =
        new OutcomeSettings(
            name,
            OutcomeRule.parse("{}", "--outcomes"),
            CapturedIdentifier.PLAIN,
            Optional.empty(),
            ApiKeys.demanded(WRITE));
    ServerSettings local = ServerSettings.local(Bounds.of(1, 100), UploadBounds.of(1, 100));
    OutcomeRoute route = new OutcomeRoute(settings, holder, () -> store, local.bounds());
    EndpointServer server = new EndpointServer(holder, local, null, LedgerCache.none(), route);
    server.start();
    try {
      Responses responses = new Responses(server.port());
      HttpResponse<String> response = send(responses, CSV, WRITE);
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
      assertThat(Responses.tree(response).get("detail").asText())
          .isEqualTo("the outcomes cannot be stored now; retry later");
      assertThat(send(responses, "customer,taken\na,perhaps\n", WRITE).statusCode()).isEqualTo(422);
    } finally {
      server.stop();
    }
  }

  private static String rejected(Map<String, String> environment, String... options)
      throws Exception {
    return TaskRunner.run(new ServeTask(), environment, List.of(options)).rejected();
  }

  private static HttpResponse<String> send(RunningServer server, String csv, String key)
      throws Exception {
    return send(server.responses(), csv, key);
  }

  private static HttpResponse<String> send(Responses responses, String csv, String key)
      throws Exception {
    HttpRequest.Builder request =
        responses.request("/api/v1/outcomes").header("Content-Type", "text/csv");
    if (!key.isEmpty()) {
      request.header(ApiKeys.HEADER, key);
    }
    return responses.send(request.POST(HttpRequest.BodyPublishers.ofString(csv)));
  }

  private List<OutcomeRow> rows(String batch) throws Exception {
    Path file = folder.resolve("batch.arrow");
    Files.write(file, S3.objects().read(S3.store().root().resolve(batch)).orElseThrow());
    List<OutcomeRow> rows = new ArrayList<>();
    try (OutcomeBatchReader reader = new OutcomeBatchReader(file, batch)) {
      reader.forEach(rows::add);
    }
    return rows;
  }

  private static String hex(String identifier) {
    Mac mac = IdentifierKey.parse(KEY).mac();
    byte[] utf8 = identifier.getBytes(StandardCharsets.UTF_8);
    return new String(IdentifierKey.hex(mac, utf8, 0, utf8.length), StandardCharsets.US_ASCII);
  }
}
