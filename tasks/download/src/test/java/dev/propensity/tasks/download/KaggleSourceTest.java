package dev.propensity.tasks.download;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole task with a simulated Kaggle API and the storage that it redirects to. */
class KaggleSourceTest {
  private static final String CSV =
      """
      id,Gender,Age,Driving_License,Region_Code,Previously_Insured,Vehicle_Age,Vehicle_Damage,\
      Annual_Premium,Policy_Sales_Channel,Vintage,Response
      1,Male,44,1,28.0,0,> 2 Years,Yes,40454.0,26.0,217,1
      2,Female,76,1,3.0,0,1-2 Year,No,33536.0,26.0,183,0
      """;
  private static final String SIGNED = "/signed?token=secret";

  @RegisterExtension static final S3Server S3 = new S3Server();

  @RegisterExtension static final WireMockExtension KAGGLE = server();

  @RegisterExtension static final WireMockExtension STORAGE = server();

  /** The kinds of Kaggle sources. */
  enum KaggleKind {
    DATASET("kaggle:ann/offers/train set.csv", "/datasets/download/ann/offers/train%20set.csv"),
    COMPETITION(
        "kaggle:competitions/offers/train.csv", "/competitions/data/download/offers/train.csv");

    final String source;
    final String path;

    KaggleKind(String source, String path) {
      this.source = source;
      this.path = "/api/v1" + path;
    }
  }

  private static WireMockExtension server() {
    return WireMockExtension.newInstance()
        .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void followsKaggleToItsStorageWithoutTheCredentials(KaggleKind kind) throws Exception {
    answer(kind, found());
    STORAGE.stubFor(get(urlEqualTo(SIGNED)).willReturn(aResponse().withBody(zip(CSV))));
    assertThat(table(download(kind).succeeded().uri())).isEqualTo(CSV);
    KAGGLE.verify(
        getRequestedFor(urlEqualTo(kind.path)).withBasicAuth(new BasicCredentials("ann", "k")));
    STORAGE.verify(getRequestedFor(urlEqualTo(SIGNED)).withHeader("Authorization", absent()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATASET     | 401 | Kaggle does not accept the credentials; create a new token on"
            + " kaggle.com, Settings, API (401)",
        "COMPETITION | 401 | Kaggle does not accept the credentials; create a new token on"
            + " kaggle.com, Settings, API (401)",
        "DATASET     | 403 | open https://www.kaggle.com/datasets/ann/offers, log in and accept"
            + " the rules (403)",
        "COMPETITION | 403 | accept the competition's rules on"
            + " https://www.kaggle.com/competitions/offers/rules, logged in (403)",
        "DATASET     | 404 | see the files on https://www.kaggle.com/datasets/ann/offers (404)",
        "COMPETITION | 404 | see the files on https://www.kaggle.com/competitions/offers (404)",
      })
  void saysWhatTheUserMustDoWhereKaggleRejects(KaggleKind kind, int status, String words)
      throws Exception {
    answer(kind, aResponse().withStatus(status));
    assertThat(download(kind).rejected())
        .startsWith(kind.source + " ")
        .endsWith(words)
        .doesNotContain("\n");
    KAGGLE.verify(1, getRequestedFor(urlEqualTo(kind.path)));
  }

  @ParameterizedTest
  @EnumSource
  void isTriedAgainLaterWhereKaggleAsksForIt(KaggleKind kind) throws Exception {
    answer(kind, aResponse().withStatus(429).withHeader("Retry-After", "30"));
    TaskRun run = download(kind);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.result()).isEmpty();
    KAGGLE.verify(1, getRequestedFor(urlEqualTo(kind.path)));
  }

  @ParameterizedTest
  @EnumSource
  void startsAgainWhereTheConnectionIsCut(KaggleKind kind) throws Exception {
    answer(kind, found());
    STORAGE.stubFor(
        get(urlEqualTo(SIGNED))
            .inScenario("cut")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK))
            .willSetStateTo("whole"));
    STORAGE.stubFor(
        get(urlEqualTo(SIGNED))
            .inScenario("cut")
            .whenScenarioStateIs("whole")
            .willReturn(aResponse().withBody(CSV)));
    assertThat(table(download(kind).succeeded().uri())).isEqualTo(CSV);
    KAGGLE.verify(2, getRequestedFor(urlEqualTo(kind.path)));
  }

  private static void answer(KaggleKind kind, ResponseDefinitionBuilder answer) {
    KAGGLE.stubFor(get(urlEqualTo(kind.path)).willReturn(answer));
  }

  private static ResponseDefinitionBuilder found() {
    return aResponse().withStatus(302).withHeader("Location", STORAGE.baseUrl() + SIGNED);
  }

  private static byte[] zip(String csv) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("train.csv"));
      zip.write(csv.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static TaskRun download(KaggleKind kind) throws IOException {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.put("KAGGLE_API_URL", KAGGLE.baseUrl() + "/api/v1");
    environment.put("KAGGLE_USERNAME", "ann");
    environment.put("KAGGLE_KEY", "k");
    return TaskRunner.run(
        new DownloadTask(),
        environment,
        "--dataset=../../datasets/insurance.yaml",
        "--source=" + kind.source);
  }

  private static String table(S3Location uri) throws IOException {
    var raw = S3.store().require(uri, "download");
    try (var in = new GZIPInputStream(S3.store().open(raw, "data.csv.gz"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
