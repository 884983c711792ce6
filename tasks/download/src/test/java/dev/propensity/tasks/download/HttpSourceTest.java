package dev.propensity.tasks.download;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.moreThanOrExactly;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class HttpSourceTest {
  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  @TempDir Path folder;

  @Test
  void comesBackLaterWhereItIsAskedTo() {
    answer(aResponse().withStatus(429).withHeader("Retry-After", "30"));
    assertThatThrownBy(this::file)
        .isInstanceOf(UnavailableException.class)
        .hasMessageEndingWith("is rate-limited (429), Retry-After: 30");
    SERVER.verify(1, getRequestedFor(urlEqualTo("/t.csv")));
  }

  @Test
  void triesAgainWhereTheServerFailsOrBreaksOff() {
    for (ResponseDefinitionBuilder fault :
        new ResponseDefinitionBuilder[] {
          aResponse().withStatus(503), aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)
        }) {
      SERVER.resetAll();
      answer(fault);
      assertThatThrownBy(this::file)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("/t.csv could not be downloaded: ");
      // Java's client retries once if a connection is reset.
      SERVER.verify(moreThanOrExactly(5), getRequestedFor(urlEqualTo("/t.csv")));
    }
  }

  @Test
  void neverTakesWhatTheDigestDoesNotVouchFor() {
    answer(aResponse().withHeader("x-goog-hash", "md5=AAAAAAAAAAAAAAAAAAAAAA==").withBody("abc"));
    assertThatThrownBy(this::file)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("damaged in transit");
  }

  @Test
  void doesNotLeaveTheEncryptedOrLocalWorld() {
    answer(aResponse().withStatus(301).withHeader("Location", "http://example.org/t.csv"));
    assertThatThrownBy(this::file)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("redirects to http://example.org' is not an https:// address");
    assertThatThrownBy(() -> HttpSource.parse("http://example.org/t.csv"))
        .isInstanceOf(UserException.class)
        .hasMessage("'http://example.org/t.csv' is not an https:// address");
  }

  @Test
  void endsALoopOfRedirects() {
    answer(aResponse().withStatus(302).withHeader("Location", "/t.csv"));
    assertThatThrownBy(this::file)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("redirects more than 5 times");
  }

  @Test
  void keepsSecretsOutOfItsName() {
    assertThat(HttpSource.parse("https://ann:pw@host:8443/d/t.csv?token=x"))
        .hasToString("https://host:8443/d/t.csv");
  }

  @Test
  void namesAServerThatIsNotThere() {
    assertThatThrownBy(() -> read(HttpSource.parse("http://127.0.0.1:1/t.csv")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(
            "http://127.0.0.1:1/t.csv could not be downloaded: Connection refused");
  }

  private void answer(ResponseDefinitionBuilder answer) {
    SERVER.stubFor(get(urlEqualTo("/t.csv")).willReturn(answer));
  }

  private String file() throws IOException {
    return read(HttpSource.parse(SERVER.baseUrl() + "/t.csv"));
  }

  private String read(Source source) throws IOException {
    return Files.readString(source.fetch(folder, RawTableWriterTest.limits()));
  }
}
