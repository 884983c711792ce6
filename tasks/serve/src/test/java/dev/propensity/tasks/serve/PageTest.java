package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Offers;
import dev.propensity.tasks.serve.http.ApiKeys;
import dev.propensity.tasks.serve.http.PeerSettings;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server sends to browsers: the page's files, headers, and CORS. */
class PageTest {
  private static final String BACKUP = "http://127.0.0.1:9999";
  private static final String FRIEND = "http://127.0.0.1:8081";

  @TempDir static Path folder;
  private static EndpointServer server;
  private static Responses responses;

  @BeforeAll
  static void serve() throws Exception {
    Offers.trainPlain(folder, 1);
    ModelHolder holder =
        new ModelHolder(ModelStatus.waiting("").swapped(0, ModelLoader.load(folder), null, null));
    PeerSettings peers = PeerSettings.of(BACKUP + "/", FRIEND + ",https://page.example");
    server =
        new EndpointServer(
            holder,
            new ServerSettings(
                ServerSettings.LOCAL,
                0,
                Bounds.of(1, 1000),
                UploadBounds.of(1, 1000),
                ApiKeys.off(),
                peers));
    server.start();
    responses = new Responses(server.port());
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Test
  void mayAskNobodyButItsServerAndTheBackup() throws Exception {
    HttpResponse<String> page = responses.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .contains("connect-src 'self' " + BACKUP + ";")
        .doesNotContain("unsafe", "*", "data:");
  }

  @Test
  void namesOnlyFilesThatAreThereWithTheirTypes() throws Exception {
    String html = responses.get("/").body() + responses.get("/monitoring").body();
    assertThat(html).doesNotContain("style=", "onclick", "<script>", "<style");
    Matcher links = Pattern.compile("(?:href|src)=\"(/page/[^\"]+)\"").matcher(html);
    int files = 0;
    while (links.find()) {
      HttpResponse<String> file = responses.get(links.group(1));
      assertThat(file.statusCode()).as(links.group(1)).isEqualTo(200);
      assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      files++;
    }
    assertThat(files).isGreaterThanOrEqualTo(3);
    assertThat(type("/page/page.css")).isEqualTo("text/css;charset=utf-8");
    assertThat(type("/page/page.js")).isEqualTo("text/javascript;charset=utf-8");
    assertThat(type("/page/icon.svg")).isEqualTo("image/svg+xml");
  }

  @Test
  void servesEveryModuleThatAModuleImports() throws Exception {
    Pattern imports = Pattern.compile("from \"\\./([a-z]+\\.js)\"");
    for (String module :
        new String[] {
          "page",
          "model",
          "results",
          "problems",
          "table",
          "chart",
          "monitoring",
          "columns",
          "timeline",
          "comparison"
        }) {
      Matcher imported = imports.matcher(responses.get("/page/" + module + ".js").body());
      while (imported.find()) {
        assertThat(responses.get("/page/" + imported.group(1)).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void answersABrowserThatHasTheFileWithoutIt() throws Exception {
    HttpResponse<String> first = responses.get("/page/page.css");
    assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        responses.send(responses.request("/page/page.css").header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(
            responses
                .send(responses.request("/page/page.css").header("If-None-Match", "\"other\""))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void showsNoFolderAndNoOtherFile() throws Exception {
    for (String path :
        new String[] {
          "/page", "/page/", "/page/index.html", "/page/..%2fPageFiles.class", "/favicon.ico"
        }) {
      assertThat(responses.get(path).statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void reportsWhatAFileMustHoldAndWhatAnOfferBrings() throws Exception {
    JsonNode model = Responses.tree(responses.get("/api/v1/model"));
    assertThat(model.get("backup").asText()).isEqualTo(BACKUP);
    assertThat(model.get("learner").asText()).isEqualTo("xgboost");
    JsonNode dataset = model.get("dataset");
    assertThat(dataset.get("title").asText()).isEqualTo("Who takes the offer?");
    assertThat(dataset.get("identifier").asText()).isEqualTo("customer");
    assertThat(dataset.at("/label/column").asText()).isEqualTo("taken");
    assertThat(dataset.at("/offer/gain").asDouble()).isEqualTo(10);
    assertThat(dataset.at("/columns/0"))
        .isEqualTo(
            JsonNodeFactory.instance
                .objectNode()
                .put("name", "age")
                .put("kind", "number")
                .put("description", "Age in years")
                .put("minimum", 18.0)
                .put("maximum", 120.0)
                .put("missing", true));
    assertThat(dataset.at("/columns/3/values")).hasSize(3);
  }

  @Test
  void offersASampleFileThatItCanScore() throws Exception {
    HttpResponse<String> sample = responses.get("/api/v1/sample.csv");
    assertThat(sample.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"offers-sample-rows.csv\"");
    assertThat(sample.body()).startsWith("customer,age,income,town,size,member\nsample_0,");
    JsonNode answer = Responses.tree(responses.csv(sample.body()));
    assertThat(answer.get("predictions")).hasSize(10);
  }

  @Test
  void letsThePagesOfNamedOriginsAskAndNoOthers() throws Exception {
    String path = "/api/v1/model";
    HttpRequest.Builder preflight =
        responses
            .request(path)
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Access-Control-Request-Method", "GET")
            .header("Access-Control-Request-Headers", "authorization");
    HttpResponse<String> allowed = responses.send(preflight.copy().header("Origin", FRIEND));
    assertThat(allowed.statusCode()).isEqualTo(204);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).hasValue(FRIEND);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("authorization");
    HttpResponse<String> read = responses.send(responses.request(path).header("Origin", FRIEND));
    assertThat(read.headers().map()).containsKey("access-control-allow-origin");
    assertThat(read.headers().firstValue("Access-Control-Expose-Headers").orElse("").split(", *"))
        .contains("Propensity-Unseen", "Propensity-Doubtful", "Propensity-Look-Alikes");

    HttpResponse<String> other =
        responses.send(preflight.copy().header("Origin", "http://127.0.0.1:8082"));
    assertThat(other.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void rejectsAnAddressThatIsNoOrigin() {
    for (String bad : new String[] {"127.0.0.1:8081", "http://a/b", "http://a; script-src *"}) {
      assertThatThrownBy(() -> PeerSettings.of(bad, null))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--backup");
      assertThatThrownBy(() -> PeerSettings.of(null, bad))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--allow-origin");
    }
  }

  private static String type(String path) throws Exception {
    return responses.get(path).headers().firstValue("Content-Type").orElseThrow();
  }
}
