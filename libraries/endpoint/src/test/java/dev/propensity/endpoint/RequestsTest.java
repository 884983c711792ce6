package dev.propensity.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.endpoint.ScoringResponse.Prediction;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.table.CellError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private static final String ROW_2 =
      "{\"row\":2,\"column\":\"a\",\"value\":\"v\",\"rule\":\"below 18\"}";

  private final List<Integer> sizes = new ArrayList<>();

  @Test
  void splitsRowsByTheirSizeAndKeepsTheirOrder() {
    List<Map<String, String>> rows = rows(1000, 10_000);
    ScoringResponse answered = Requests.score(rows, body -> answer("m@1", body));
    assertThat(answered.model()).isEqualTo("m@1");
    assertThat(answered.predictions())
        .extracting(Prediction::id)
        .containsExactlyElementsOf(rows.stream().map(row -> row.get("id")).toList());
    assertThat(sizes).hasSize(10).allMatch(size -> size <= Requests.MAX_BYTES);
  }

  @Test
  void sendsARowThatIsLongerThanARequestByItself() {
    List<Map<String, String>> rows = rows(2, 2 * Requests.MAX_BYTES);
    assertThat(Requests.score(rows, body -> answer("m@1", body)).predictions()).hasSize(2);
    assertThat(sizes).hasSize(2);
  }

  @Test
  void rejectsScoresOfTwoModels() {
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
            RowsRejectedException.class,
            e -> {
              assertThat(e.count()).isEqualTo(12 * sizes.size()).isEqualTo(36);
              assertThat(e.errors()).hasSize(10);
              assertThat(e.errors().get(0)).isEqualTo(new CellError(2, "a", "v", "below 18"));
              assertThat(e.errors().get(9).line()).isGreaterThan(50);
            });
  }

  @Test
  void keepsTenErrorsWhereAServerListsMore() {
    String problem =
        "{\"detail\":\"row 2\",\"errors\":[%s]}"
            .formatted(String.join(",", Collections.nCopies(12, ROW_2)));
    assertThatThrownBy(() -> Requests.score(rows(300, 10_000), body -> reject(body, problem)))
        .isInstanceOfSatisfying(
            RowsRejectedException.class,
            e -> {
              assertThat(e.count()).isEqualTo(36);
              assertThat(e.errors()).hasSize(10);
            });
  }

  @Test
  void endsWithTheFirstRequestThatIsRejectedAsAWhole() {
    String problem = "{\"detail\":\"the body is longer than 9 bytes\"}";
    assertThatThrownBy(() -> Requests.score(rows(300, 10_000), body -> reject(body, problem)))
        .isInstanceOfSatisfying(
            RowsRejectedException.class,
            e -> assertThat(e.rule()).isEqualTo("the body is longer than 9 bytes"));
    assertThat(sizes).hasSize(1);
  }

  @Test
  void readsTheOneRowThatAnEarlierServerNames() {
    String problem = "{\"detail\":\"row 3: age is 'x': not a number\"}";
    assertThatThrownBy(() -> Requests.score(rows(4, 10), body -> reject(body, problem)))
        .isInstanceOfSatisfying(
            RowsRejectedException.class,
            e -> {
              assertThat(e.errors())
                  .containsExactly(new CellError(3, "the row", null, "age is 'x': not a number"));
              assertThat(e.count()).isEqualTo(1);
            });
  }

  private ScoringResponse reject(byte[] body, String problem) {
    sizes.add(body.length);
    throw RowsRejectedException.of("there", 422, problem.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void addsUpWhatWasUnseenAndDuplicate() {
    ScoringResponse answered =
        Requests.score(
            rows(1000, 10_000),
            body -> {
              int request = sizes.size();
              List<Prediction> predictions = answer("m@1", body).predictions();
              TreeMap<String, Long> unseen = new TreeMap<>(Map.of("town", 2L, "t" + request, 1L));
              TreeMap<String, SortedMap<String, String>> alike = new TreeMap<>();
              alike.put("town", new TreeMap<>(Map.of("BONN " + request, "bonn")));
              return new ScoringResponse("m@1", predictions, null, null, 3L, unseen, alike);
            });
    assertThat(answered.duplicates()).isEqualTo(30);
    assertThat(answered.unseen()).hasSize(11).containsEntry("town", 20L).containsEntry("t4", 1L);
    assertThat(answered.lookAlikes()).containsOnlyKeys("town");
    assertThat(answered.lookAlikes().get("town")).hasSize(10).containsEntry("BONN 9", "bonn");
    assertThat(answered.identifier()).isNull();
  }

  @Test
  void readsAnswersWithAndWithoutTheirOptionalMembers() {
    String predictions =
        "{\"model\":\"m@1\",\"predictions\":[{\"id\":\"1\",\"score\":0.5,\"label\":1}]";
    ScoringResponse plain = read(predictions + "}");
    assertThat(plain).isEqualTo(new ScoringResponse("m@1", List.of(new Prediction("1", 0.5f, 1))));
    assertThat(plain.duplicates()).isZero();
    assertThat(plain.unseen()).isEmpty();
    assertThat(plain.lookAlikes()).isEmpty();
    ScoringResponse answered =
        read(
            predictions
                + ",\"csv\":\"separator=comma, decimal=point\",\"identifier\":\"row\","
                + "\"duplicates\":2,\"unseen\":{\"town\":3},"
                + "\"look_alikes\":{\"town\":{\"BONN\":\"Bonn\"}}}");
    assertThat(answered.csv()).isEqualTo("separator=comma, decimal=point");
    assertThat(answered.identifier()).isEqualTo("row");
    assertThat(answered.duplicates()).isEqualTo(2);
    assertThat(answered.unseen()).containsExactly(Map.entry("town", 3L));
    assertThat(answered.lookAlikes().get("town")).containsExactly(Map.entry("BONN", "Bonn"));
  }

  private static ScoringResponse read(String json) {
    return CanonicalJson.read(
        json.getBytes(StandardCharsets.UTF_8), ScoringResponse.class, "the answer");
  }

  private static List<Map<String, String>> rows(int count, int bytes) {
    return IntStream.range(0, count)
        .mapToObj(i -> Map.of("id", "row " + i, "text", "x".repeat(bytes)))
        .toList();
  }

  private ScoringResponse answer(String model, byte[] body) {
    sizes.add(body.length);
    List<Prediction> predictions = new ArrayList<>();
    for (JsonNode row : CanonicalJson.read(body, JsonNode.class, "body")) {
      predictions.add(new Prediction(row.get("id").asText(), 0.5f, 1));
    }
    return new ScoringResponse(model, predictions);
  }
}
