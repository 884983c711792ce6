package dev.propensity.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.endpoint.Answered.Prediction;
import dev.propensity.endpoint.RowsRefusedException.RowError;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private static final String ROW_2 =
      "{\"row\":2,\"column\":\"a\",\"value\":\"v\",\"rule\":\"below 18\"}";

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

  @Test
  void countsTheRowsOfAllRejectedRequestsTogether() {
    String problem =
        "{\"detail\":\"row 2: a is empty: x; 11 more errors\",\"errors\":[%s],\"count\":12}"
            .formatted(
                String.join(",", Collections.nCopies(8, ROW_2))); // of ten that a server shows
    assertThatThrownBy(() -> Requests.score(rows(300, 10_000), body -> reject(body, problem)))
        .isInstanceOfSatisfying(
            RowsRefusedException.class,
            e -> {
              assertThat(e.count()).isEqualTo(12 * sizes.size()).isEqualTo(36);
              assertThat(e.errors()).hasSize(10);
              assertThat(e.errors().get(0)).isEqualTo(new RowError(2, "a is 'v': below 18"));
              assertThat(e.errors().get(9).row()).isGreaterThan(50);
            });
  }

  @Test
  void endsWithTheFirstRequestThatIsRejectedAsAWhole() {
    String problem = "{\"detail\":\"the body is longer than 9 bytes\"}";
    assertThatThrownBy(() -> Requests.score(rows(300, 10_000), body -> reject(body, problem)))
        .isInstanceOfSatisfying(
            RowsRefusedException.class,
            e -> assertThat(e.rule()).isEqualTo("the body is longer than 9 bytes"));
    assertThat(sizes).hasSize(1);
  }

  @Test
  void readsTheOneRowThatAnEarlierServerNames() {
    String problem = "{\"detail\":\"row 3: age is 'x': not a number\"}";
    assertThatThrownBy(() -> Requests.score(rows(4, 10), body -> reject(body, problem)))
        .isInstanceOfSatisfying(
            RowsRefusedException.class,
            e -> {
              assertThat(e.errors()).containsExactly(new RowError(3, "age is 'x': not a number"));
              assertThat(e.count()).isEqualTo(1);
            });
  }

  private Answered reject(byte[] body, String problem) {
    sizes.add(body.length);
    throw RowsRefusedException.of("there", 422, problem.getBytes(StandardCharsets.UTF_8));
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
