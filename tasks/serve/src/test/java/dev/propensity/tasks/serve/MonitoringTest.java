package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.model.Offers;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.serve.http.ApiKeys;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.Release;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the server says of releases, windows and traffic. */
class MonitoringTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  private static final String PATH = "/api/v1/monitoring";
  private static final String KEY = "0123456789abcdef-key";

  @TempDir Path folder;
  private String name;
  private Releases releases;
  private MonitoredWindows windows;

  @BeforeEach
  void emptyLedgers(TestInfo test) {
    name = "offers-" + Integer.toHexString(test.getDisplayName().hashCode());
    releases = new Releases(S3.store(), name, folder);
    windows = new MonitoredWindows(S3.store(), name, folder);
  }

  private RunningServer serve(String... more) throws Exception {
    Map<String, String> environment = new HashMap<>(S3.environment());
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return new RunningServer(environment, "--name", name);
  }

  @Test
  void showsTheReleasesAndWindowsAndTheComparisonOfTheLatestWindow() throws Exception {
    Release first = releases.model(1);
    releases.release(first);
    windows.quiet(first, "2026-11-27");
    windows.changed(first, "2026-11-29", "age");
    windows.quiet(first, "2026-11-28"); // its segments were late
    windows
        .ledger()
        .append(all -> MonitoringEntry.accepted(4, name, "2026-11-27", first, "ann", "a campaign"));
    releases.challenger(releases.model(2));
    try (RunningServer server = serve()) {
      server.answering(2);
      Responses responses = server.responses();
      responses.csv(Offers.plainCsv(5, 1));
      responses.csv("customer,age,income,town,size,member\nc,1,x,,,\nd,1,1,,,no\n");
      responses.json("[{\"age\":1}]");
      JsonNode state = Responses.tree(responses.get(PATH));

      new ContractSchemas(responses).assertValid("MonitoringState", state);
      assertThat(state.at("/store/note").isNull()).isTrue();
      assertThat(state.at("/model/version").asInt()).isEqualTo(1);
      assertThat(state.at("/windows").findValuesAsText("window"))
          .containsExactly("2026-11-29", "2026-11-28", "2026-11-27");
      assertThat(state.at("/windows/0/verdict").asText()).isEqualTo("alarm");
      assertThat(state.at("/windows/0/columns/0").asText()).isEqualTo("age");
      assertThat(state.at("/windows/0/ends").asText()).isEqualTo("2026-11-30T00:00:00Z");
      assertThat(state.at("/windows/1/verdict").asText()).isEqualTo("learning");
      assertThat(state.at("/accepted/0/why").asText()).isEqualTo("a campaign");
      assertThat(state.at("/releases").findValuesAsText("action"))
          .containsExactly("challenger", "released");
      assertThat(state.at("/latest/live").asBoolean()).isTrue();
      assertThat(state.at("/latest/monitoring/window").asText()).isEqualTo("2026-11-29");
      assertThat(state.at("/latest/monitoring/columns/0/name").asText()).isEqualTo("age");
      assertThat(state.at("/latest/labels/age/edges").size())
          .isEqualTo(state.at("/latest/monitoring/columns/0/bins").size() - 1);
      assertThat(state.at("/latest/labels/size/values").toString())
          .isEqualTo("[\"small\",\"medium\",\"large\"]"); // as in the specification
      assertThat(state.at("/latest/labels/size/order").toString()).isEqualTo("[0,1,2]");
      assertThat(state.at("/server/rows").asInt()).isEqualTo(5);
      assertThat(state.at("/server/rejected_rows").asInt()).isEqualTo(3);
      assertThat(sum(state.at("/scores/bins"))).isEqualTo(5);
      assertThat(state.at("/scores/edges").size()).isEqualTo(state.at("/scores/bins").size() - 1);
      JsonNode latency = state.at("/server/latency/0");
      assertThat(latency.at("/path").asText()).isEqualTo("/invocations");
      assertThat(latency.at("/count").asInt()).isEqualTo(1);
      assertThat(latency.at("/p50").asDouble()).isPositive();
    }
  }

  private static long sum(JsonNode bins) {
    long sum = 0;
    for (JsonNode bin : bins) {
      sum += bin.asLong();
    }
    return sum;
  }

  @Test
  void readsWindowsThatAreMonitoredAfterItsStartAndServesTheirReports() throws Exception {
    Release first = releases.model(1);
    Release second = releases.model(2);
    releases.release(first);
    try (RunningServer server = serve()) {
      server.answering(1);
      Responses responses = server.responses();
      windows.quiet(first, "2026-11-28");
      windows.quiet(first, "2026-11-29");
      windows.quiet(second, "2026-11-29"); // it was released in this window
      JsonNode state = Responses.tree(responses.get(PATH));
      assertThat(state.at("/windows").findValuesAsText("report"))
          .containsExactly(
              "/reports/2026-11-29", "/reports/2026-11-29?version=1", "/reports/2026-11-28");
      assertThat(state.at("/latest/live").asBoolean()).isFalse();

      HttpResponse<String> report = responses.get("/reports/2026-11-29");
      assertThat(report.statusCode()).isEqualTo(200);
      assertThat(report.body()).isEqualTo(MonitoredWindows.report("2026-11-29", 2));
      assertThat(report.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
      assertThat(report.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
          .contains("frame-ancestors 'none'")
          .doesNotContain("script");
      assertThat(responses.get("/reports/2026-11-29?version=1").body())
          .isEqualTo(MonitoredWindows.report("2026-11-29", 1));
      for (String missing :
          new String[] {
            "2026-11-30",
            "2026-13-40",
            "2026-11-29T25",
            "2026-11-29.html",
            "2026-11-29?version=3",
            "2026-11-29?version=x",
            "..%2f2026-11-29",
            "%2e%2e",
            ""
          }) {
        assertThat(responses.get("/reports/" + missing).statusCode()).as(missing).isIn(400, 404);
      }
    }
  }

  @Test
  void sendsNothingOfADamagedReport() throws Exception {
    Release model = releases.model(1);
    releases.release(model);
    MonitoringEntry entry = windows.quiet(model, "2026-11-29");
    S3.objects().write(entry.monitoring().resolve("report.html"), "<p>other".getBytes("UTF-8"));
    S3.objects().write(entry.monitoring().resolve("monitoring.json"), "{}".getBytes("UTF-8"));
    try (RunningServer server = serve()) {
      server.answering(1);
      HttpResponse<String> report = server.responses().get("/reports/2026-11-29");
      assertThat(report.statusCode()).isEqualTo(503);
      assertThat(report.body()).contains("report.html").doesNotContain("<p>");
      HttpResponse<String> state = server.responses().get(PATH);
      assertThat(state.statusCode()).isEqualTo(200);
      assertThat(Responses.tree(state).at("/store/note").asText())
          .contains("the comparison of 2026-11-29 cannot be read");
      assertThat(Responses.tree(state).at("/windows/0/verdict").asText()).isEqualTo("learning");
    }
  }

  @Test
  void requiresTheKeyForTheStateAndReportsAndNotForThePage() throws Exception {
    Release model = releases.model(1);
    releases.release(model);
    windows.quiet(model, "2026-11-29");
    try (RunningServer server = serve("PROPENSITY_API_KEYS", KEY)) {
      Responses responses = server.responses();
      for (String path : new String[] {PATH, "/reports/2026-11-29"}) {
        assertThat(responses.get(path).statusCode()).as(path).isEqualTo(401);
        HttpRequest.Builder allowed = responses.request(path).header(ApiKeys.HEADER, KEY);
        assertThat(responses.send(allowed).statusCode()).as(path).isEqualTo(200);
      }
      assertThat(responses.get("/monitoring").statusCode()).isEqualTo(200);
      assertThat(responses.get("/monitoringx").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void hasMetricsOfTheLatestWindow() throws Exception {
    Release model = releases.model(1);
    releases.release(model);
    try (RunningServer server = serve()) {
      server.answering(1);
      Responses responses = server.responses();
      assertThat(responses.get("/metrics").body()).doesNotContain("propensity_monitoring_");
      windows.changed(model, "2026-11-29", "age");
      // The first scrape had the ledgers read; now a person asks for newer ones.
      String metrics = "";
      for (int attempt = 0; attempt < 200 && !metrics.contains("verdict"); attempt++) {
        Thread.sleep(100);
        responses.get(PATH);
        metrics = responses.get("/metrics").body();
      }
      assertThat(metrics)
          .contains("propensity_monitoring_verdict{verdict=\"alarm\"} 1.0")
          .contains("propensity_monitoring_verdict{verdict=\"quiet\"} 0.0")
          .contains("propensity_monitoring_verdict{verdict=\"too few rows\"} 0.0")
          .contains("propensity_monitoring_window_end_timestamp_seconds 1.7959968E9")
          .contains("propensity_monitoring_window_seconds 86400.0")
          .containsPattern("propensity_monitoring_effect\\{column=\"age\"\\} [1-9]")
          .contains("propensity_monitoring_effect{column=\"income\"} 0.0")
          .contains("propensity_monitoring_score_effect 0.0");
    }
  }

  @Test
  void metricsHaveTheTimeOfTheChampionsRelease() throws Exception {
    LedgerEntry released = releases.release(releases.model(1));
    try (RunningServer server = serve()) {
      server.responses().get(PATH); // reads the ledgers
      String name = "propensity_champion_release_timestamp_seconds ";
      assertThat(server.responses().get("/metrics").body().lines())
          .filteredOn(line -> line.startsWith(name))
          .singleElement()
          .satisfies(
              line ->
                  assertThat(Double.parseDouble(line.substring(name.length())))
                      .isEqualTo(Instant.parse(released.when()).getEpochSecond()));
    }
  }

  @Test
  void saysWhatIsMissingBeforeTheFirstReleaseAndWithoutALedger() throws Exception {
    try (RunningServer server = serve()) {
      server.model(model -> model.get("waiting").asText().contains("released"));
      JsonNode state = Responses.tree(server.responses().get(PATH));
      assertThat(state.at("/model").isNull()).isTrue();
      assertThat(state.at("/waiting").asText()).contains("no model of " + name);
      assertThat(state.at("/store/note").isNull()).isTrue();
      assertThat(state.at("/windows")).isEmpty();
      assertThat(server.responses().get("/reports/2026-11-29").statusCode()).isEqualTo(404);
    }
    Path made = Offers.trainPlain(folder, 1);
    try (RunningServer server = new RunningServer(Map.of(), "--model", made.toString())) {
      JsonNode state = Responses.tree(server.responses().get(PATH));
      assertThat(state.at("/store/note").asText()).contains("set by --model");
      assertThat(state.at("/store/read").isNull()).isTrue();
      assertThat(state.at("/scores/bins").size()).isPositive();
      assertThat(server.responses().get("/reports/2026-11-29").statusCode()).isEqualTo(404);
    }
  }
}
