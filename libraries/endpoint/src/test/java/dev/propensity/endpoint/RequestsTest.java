package dev.propensity.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.endpoint.Answered.Prediction;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private final List<Integer> sizes = new ArrayList<>();

  @Test
  void splitsRowsByTheirSizeAndKeepsTheirOrder() {
    List<Map<String, String>> rows = rows(1000, 10_000);
    Answered answered = Requests.score(rows, body -> answer("m@1", body));
    assertThat(answered.model()).isEqualTo("m@1");
    assertThat(answered.predictions())
        .extracting(Prediction::id)
        .containsExactlyElementsOf(rows.stream().map(row -> row.get("id")).toList());
    assertThat(sizes).hasSize(10).allMatch(size -> size <= Requests.MOST_BYTES);
  }

  @Test
  void sendsARowThatIsLongerThanARequestByItself() {
    List<Map<String, String>> rows = rows(2, 2 * Requests.MOST_BYTES);
    assertThat(Requests.score(rows, body -> answer("m@1", body)).predictions()).hasSize(2);
    assertThat(sizes).hasSize(2);
  }

  @Test
  void refusesScoresOfTwoModels() {
    assertThatThrownBy(
            () -> Requests.score(rows(1000, 10_000), body -> answer("m@" + sizes.size(), body)))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("the endpoint changed from m@0 to m@1 meanwhile");
  }

  private static List<Map<String, String>> rows(int count, int bytes) {
    return IntStream.range(0, count)
        .mapToObj(i -> Map.of("id", "row " + i, "text", "x".repeat(bytes)))
        .toList();
  }

  private Answered answer(String model, byte[] body) {
    sizes.add(body.length);
    List<Prediction> predictions = new ArrayList<>();
    for (JsonNode row : CanonicalJson.read(body, JsonNode.class, "body")) {
      predictions.add(new Prediction(row.get("id").asText(), 0.5f, 1));
    }
    return new Answered(model, predictions);
  }
}
