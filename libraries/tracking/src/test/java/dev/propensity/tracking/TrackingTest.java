package dev.propensity.tracking;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.S3Location;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Failures that cannot be provoked on a real server: rejections, throttling, lost connections. */
class TrackingTest {
  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance()
          .options(wireMockConfig().bindAddress("127.0.0.1").dynamicPort())
          .build();

  private static final S3Location MODEL = S3Location.parse("s3://bucket/model");

  @Test
  void isOffWhereNoServerIsNamed() {
    assertThat(Tracking.connect(name -> Optional.empty())).isEmpty();
  }

  @Test
  void rejectsAnAddressThatIsNone() {
    assertThatThrownBy(() -> Tracking.connect(name -> Optional.of("mlruns")))
        .isInstanceOf(UserException.class)
        .hasMessage("MLFLOW_TRACKING_URI is 'mlruns'; write http://host:port");
  }

  @Test
  void isUnavailableWhereNobodyListens() {
    assertThatThrownBy(() -> run("http://127.0.0.1:1"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("MLflow at http://127.0.0.1:1 cannot be reached");
  }

  @Test
  void isUnavailableWhereTheServerIsAtFault() {
    answer(aResponse().withStatus(503).withBody("starting\nstill"));
    assertThatThrownBy(() -> run(SERVER.baseUrl()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageEndingWith(" returned 503: starting");
  }

  @Test
  void isUnavailableWhereTheConnectionBreaks() {
    answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    assertThatThrownBy(() -> run(SERVER.baseUrl()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void waitsWhereItIsThrottled() {
    SERVER.stubFor(
        any(anyUrl())
            .inScenario("throttled")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(429))
            .willSetStateTo("free"));
    SERVER.stubFor(
        any(anyUrl())
            .inScenario("throttled")
            .whenScenarioStateIs("free")
            .willReturn(okJson("{\"experiments\":[]}")));

    assertThat(connect(SERVER.baseUrl()).find("data", MODEL)).isEmpty();
  }

  @Test
  void asksForCredentialsWhereItIsRejected() {
    answer(aResponse().withStatus(401));
    assertThatThrownBy(() -> run(SERVER.baseUrl()))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
  }

  @Test
  void sendsTheCredentials() {
    answer(okJson("{}"));
    Map<String, String> settings =
        Map.of(
            "MLFLOW_TRACKING_URI",
            SERVER.baseUrl() + "/",
            "MLFLOW_TRACKING_USERNAME",
            "ada",
            "MLFLOW_TRACKING_PASSWORD",
            "secret");
    Tracking.connect(name -> Optional.ofNullable(settings.get(name)))
        .orElseThrow()
        .find("data", MODEL);

    SERVER.verify(
        postRequestedFor(urlPathMatching("/api/2.0/mlflow/experiments/search"))
            .withHeader("Authorization", equalTo("Basic YWRhOnNlY3JldA==")));
  }

  @Test
  void reportsAnotherKindOfServer() {
    answer(aResponse().withStatus(404).withBody("<html>Not found</html>"));
    assertThatThrownBy(() -> run(SERVER.baseUrl()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not an MLflow server: 404 <html>");
    answer(aResponse().withStatus(200).withBody("<html>Welcome</html>"));
    assertThatThrownBy(() -> run(SERVER.baseUrl()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not an MLflow server");
  }

  private static void answer(ResponseDefinitionBuilder answer) {
    SERVER.stubFor(any(anyUrl()).willReturn(answer));
  }

  private static Tracking connect(String uri) {
    return Tracking.connect(
            name -> name.equals("MLFLOW_TRACKING_URI") ? Optional.of(uri) : Optional.empty())
        .orElseThrow();
  }

  private static Run run(String uri) {
    return connect(uri).run("data", MODEL, "a run", Map.of());
  }
}
