package dev.propensity.storage.s3;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ObjectStore;
import dev.propensity.storage.S3Location;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures that cannot be provoked on a real server. */
class S3FailuresTest {
  private static final S3Location PLACE = S3Location.parse("s3://bucket/key");
  private static final byte[] OWN = "own".getBytes(StandardCharsets.UTF_8);

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance()
          .options(
              com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig()
                  .dynamicPort()
                  .bindAddress("127.0.0.1"))
          .build();

  private ObjectStore objects;

  @BeforeEach
  void connect() {
    objects =
        new S3ObjectStore(
            Map.of(
                "AWS_ENDPOINT_URL_S3", SERVER.baseUrl(),
                "AWS_ACCESS_KEY_ID", "a",
                "AWS_SECRET_ACCESS_KEY", "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "403,AccessDenied,access denied to s3://bucket/key",
    "403,'',access denied to s3://bucket/key",
    "403,InvalidAccessKeyId,does not accept the credentials",
    "403,SignatureDoesNotMatch,does not accept the credentials",
    "400,ExpiredToken,the credentials as expired",
    "301,PermanentRedirect,is in another region: set AWS_REGION",
    "400,MalformedXML,rejected the request for s3://bucket/key (400 MalformedXML)"
  })
  void userActionRequired(int status, String code, String words) {
    SERVER.stubFor(any(anyUrl()).willReturn(error(status, code)));
    assertThatThrownBy(() -> objects.read(PLACE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n");
    SERVER.verify(1, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @CsvSource({"503,SlowDown", "500,InternalError", "503,''"})
  void mayPassAndIsTriedAFewTimes(int status, String code) {
    SERVER.stubFor(any(anyUrl()).willReturn(error(status, code)));
    assertThatThrownBy(() -> objects.read(PLACE))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("returned " + status + (code.isEmpty() ? "" : " " + code));
    SERVER.verify(4, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 412, 500})
  void readsBackAfterAnUnclearPut(int status) {
    SERVER.stubFor(put(anyUrl()).willReturn(error(status, "Whatever")));
    SERVER.stubFor(get(anyUrl()).willReturn(aResponse().withBody("another's")));
    assertThat(objects.writeIfAbsent(PLACE, OWN)).asString().isEqualTo("another's");
  }

  @Test
  void readsBackAfterAPutThatBrokeOffThoughItWon() {
    SERVER.stubFor(put(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    SERVER.stubFor(get(anyUrl()).willReturn(aResponse().withBody(OWN)));
    assertThat(objects.writeIfAbsent(PLACE, OWN)).isEqualTo(OWN);
  }

  @Test
  void putsAgainWhereNothingIsThereAfterAnUnclearPut() {
    SERVER.stubFor(
        put(anyUrl())
            .inScenario("conflict")
            .whenScenarioStateIs(STARTED)
            .willReturn(error(409, "ConditionalRequestConflict"))
            .willSetStateTo("free"));
    SERVER.stubFor(get(anyUrl()).willReturn(error(404, "NoSuchKey")));
    SERVER.stubFor(
        put(anyUrl())
            .inScenario("conflict")
            .whenScenarioStateIs("free")
            .willReturn(aResponse())
            .willSetStateTo("there"));
    SERVER.stubFor(
        get(anyUrl())
            .inScenario("conflict")
            .whenScenarioStateIs("there")
            .willReturn(aResponse().withBody(OWN)));
    assertThat(objects.writeIfAbsent(PLACE, OWN)).isEqualTo(OWN);
  }

  @Test
  void givesUpWhereNothingEverStays() {
    SERVER.stubFor(put(anyUrl()).willReturn(error(409, "ConditionalRequestConflict")));
    SERVER.stubFor(get(anyUrl()).willReturn(error(404, "NoSuchKey")));
    assertThatThrownBy(() -> objects.writeIfAbsent(PLACE, OWN))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("could not write s3://bucket/key");
  }

  @Test
  void namesTheDigestAheadOfTheBodyAndSendsTheBodyAsItIs() {
    SERVER.stubFor(put(anyUrl()).willReturn(aResponse()));
    objects.write(PLACE, OWN);
    SERVER.verify(
        putRequestedFor(anyUrl())
            .withHeader("x-amz-checksum-sha256", equalTo(S3Puts.base64(Digest.of(OWN))))
            .withHeader("Content-Encoding", absent())
            .withHeader("x-amz-trailer", absent())
            .withRequestBody(binaryEqualTo(OWN)));
  }

  private static ResponseDefinitionBuilder error(int status, String code) {
    ResponseDefinitionBuilder answer = aResponse().withStatus(status);
    return code.isEmpty()
        ? answer
        : answer
            .withHeader("Content-Type", "application/xml")
            .withBody("<Error><Code>" + code + "</Code><Message>because</Message></Error>");
  }
}
