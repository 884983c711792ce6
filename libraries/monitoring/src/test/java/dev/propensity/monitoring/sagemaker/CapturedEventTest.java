package dev.propensity.monitoring.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapturedEventTest {
  private static final String SCORES = "id,score,label\n\"a\n,1\",0.0625,0\nb,1.0E-4,0\n";
  private static final String LINE = line("text/csv; charset=utf-8", "CSV", SCORES);

  /** A line as the SageMaker documentation shows it. */
  private static String line(String type, String encoding, String response) {
    return CanonicalJson.text(
        Map.of(
            "captureData",
            Map.of(
                "endpointInput", side("text/csv", "INPUT", "CSV", "age\n4\n"),
                "endpointOutput", side(type, "OUTPUT", encoding, response)),
            "eventMetadata",
            Map.of(
                "eventId",
                "12f7c1a5",
                "inferenceId",
                "propensity-probe",
                "inferenceTime",
                "2026-02-14T17:25:49Z"),
            "eventVersion",
            "0"));
  }

  private static Map<String, String> side(String type, String mode, String encoding, String data) {
    return Map.of("observedContentType", type, "mode", mode, "encoding", encoding, "data", data);
  }

  @Test
  void readsALine() {
    CapturedEvent event = CapturedEvent.parse(LINE);
    assertThat(event.id()).isEqualTo("12f7c1a5");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-02-14T17:25:49Z"));
    assertThat(event.isProbe()).isTrue();
    assertThat(new String(event.request().bytes(), StandardCharsets.UTF_8)).isEqualTo("age\n4\n");
    assertThat(EventScores.of(event.response()))
        .isEqualTo(new EventScores(null, List.of(0.0625f, 1e-4f)));
    assertThat(CapturedEvent.parse(LINE.replace("propensity-probe", "mine")).isProbe()).isFalse();
  }

  @Test
  void readsBase64() {
    String json = "{\"model\":\"shop@0123\",\"predictions\":[{\"id\":\"1\",\"score\":0.25}]}";
    String base64 = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    CapturedEvent event = CapturedEvent.parse(line("application/json", "BASE64", base64));
    assertThat(EventScores.of(event.response()))
        .isEqualTo(new EventScores("shop@0123", List.of(0.25f)));
  }

  @Test
  void namesWhatIsMissing() {
    rejects("{", "the event is not valid");
    rejects(LINE.replace("eventId", "id"), "the event has no eventMetadata.eventId");
    rejects(LINE.replace("2026-02-14T17", "at 17"), "not a time");
    rejects(LINE.replace("endpointOutput", "output"), "the event has no endpointOutput.data");
    rejects(line("text/csv", "BASE64", "?"), "endpointOutput.data is not base64");
    CapturedEvent event = CapturedEvent.parse(LINE.replace("0.0625", "high"));
    assertThatThrownBy(() -> EventScores.of(event.response()))
        .isInstanceOf(UserException.class)
        .hasMessage("the response has no scores");
  }

  private static void rejects(String line, String reason) {
    assertThatThrownBy(() -> CapturedEvent.parse(line))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(reason);
  }
}
