package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.FeatureTable;
import dev.propensity.model.Model;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.model.Slot;
import dev.propensity.tasks.serve.model.State;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvocationsTest {
  private static final int ROWS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static EndpointServer server;
  private static Answers answers;
  private static Model model;
  private static String csv;
  private static float[] expected;

  @BeforeAll
  static void serve() throws Exception {
    Offers.train(folder, 1);
    ServedModel served = ModelLoader.load(folder);
    model = served.model();
    server =
        new EndpointServer(
            new Slot(State.waiting("").swapped(0, served, null, null)),
            ServerSettings.local(Bounds.of(1, 1000), UploadBounds.of(1, 100)));
    server.start();
    answers = new Answers(server.port());
    csv = Offers.csv(ROWS, 9);
    FeatureTable table =
        model
            .encoder()
            .encode(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), "rows");
    expected = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      expected[row] = model.scorer().score(table.values(), row * table.names().size());
    }
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Test
  void scoresCsvAsTheModelDoes() throws Exception {
    HttpResponse<String> response = answers.csv(csv);
    assertThat(response.statusCode()).isEqualTo(200);
    assertScores(Answers.tree(response));
    assertThat(Answers.tree(response).at("/predictions/0/id").asText()).isEqualTo("c0");
  }

  @Test
  void scoresJsonTextsAsTheModelDoes() throws Exception {
    assertScores(Answers.tree(answers.json(rows(false).toString())));
  }

  @Test
  void scoresJsonNumbersBooleansAndNullsAsTheModelDoes() throws Exception {
    assertScores(Answers.tree(answers.json(rows(true).toString())));
  }

  @Test
  void namesTheModelInTheAnswerAndItsHeader() throws Exception {
    HttpResponse<String> response = answers.csv(csv);
    String title = Answers.tree(response).get("model").asText();
    assertThat(title).matches("offers@[0-9a-f]{12}");
    assertThat(response.headers().firstValue("Propensity-Model")).contains(title);
  }

  @Test
  void answersCsvWhereThatIsAccepted() throws Exception {
    HttpResponse<String> response =
        answers.send(
            answers
                .request("/invocations")
                .header("Content-Type", "text/csv")
                .header("Accept", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(csv)));
    String[] lines = response.body().split("\n");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/csv;charset=utf-8");
    assertThat(lines).hasSize(ROWS + 1);
    assertThat(lines[0]).isEqualTo("id,score,label");
    int label = expected[0] >= model.threshold() ? 1 : 0;
    assertThat(lines[1]).isEqualTo("c0," + expected[0] + "," + label);
  }

  @Test
  void answersJsonWhereCsvHasALowerQuality() throws Exception {
    String accept = "text/csv;q=0.5, application/json";
    HttpRequest.Builder request =
        answers
            .request("/invocations")
            .header("Content-Type", "text/csv")
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(csv));
    assertThat(answers.send(request).headers().firstValue("Content-Type"))
        .contains("application/json");
    byte[] file = Offers.csv(5, 9).getBytes(StandardCharsets.UTF_8);
    assertThat(answers.upload(file, "Accept", accept).headers().firstValue("Content-Type"))
        .contains("application/json");
  }

  @Test
  void takesColumnsInAnyOrderAndIgnoresOthers() throws Exception {
    String one = "town,extra,member,income,age,size\n3.0,x,yes,20000,40,small\n";
    String other = "age,income,town,size,member\n40,20000,3.0,small,yes\n";
    JsonNode first = Answers.tree(answers.csv(one)).get("predictions");
    assertThat(first).isEqualTo(Answers.tree(answers.csv(other)).get("predictions"));
    assertThat(first.get(0).get("id").asText()).isEqualTo("1");
  }

  @Test
  void countsRowsWithoutIdentifier() throws Exception {
    String row = "{\"age\":40,\"income\":1,\"member\":true}";
    String named = "{\"customer\":7,\"income\":1,\"member\":false,\"other\":{\"a\":[1]}}";
    JsonNode predictions =
        Answers.tree(answers.json("[" + row + "," + named + "," + row + "]")).get("predictions");
    assertThat(predictions.findValuesAsText("id")).containsExactly("1", "7", "3");
  }

  @Test
  void takesAWholeNumberForACategoryWithAFraction() throws Exception {
    String row = "[{\"income\":1,\"member\":\"no\",\"town\":%s}]";
    JsonNode whole = Answers.tree(answers.json(row.formatted("3"))).get("predictions");
    JsonNode text = Answers.tree(answers.json(row.formatted("\"3.0\""))).get("predictions");
    assertThat(whole).isEqualTo(text);
  }

  private static void assertScores(JsonNode answer) {
    JsonNode predictions = answer.get("predictions");
    assertThat(predictions).hasSize(ROWS);
    for (int row = 0; row < ROWS; row++) {
      JsonNode prediction = predictions.get(row);
      assertThat((float) prediction.get("score").asDouble()).isEqualTo(expected[row]);
      assertThat(prediction.get("label").asInt())
          .isEqualTo(expected[row] >= model.threshold() ? 1 : 0);
    }
  }

  private static ArrayNode rows(boolean typed) {
    ArrayNode rows = JSON.createArrayNode();
    String[] lines = csv.split("\n");
    String[] names = lines[0].split(",");
    for (int i = 1; i < lines.length; i++) {
      String[] cells = lines[i].split(",", -1);
      ObjectNode row = rows.addObject();
      for (int j = 0; j < names.length; j++) {
        if (typed) {
          put(row, names[j], cells[j]);
        } else {
          row.put(names[j], cells[j]);
        }
      }
    }
    return rows;
  }

  private static void put(ObjectNode row, String name, String cell) {
    switch (name) {
      case "member" -> row.put(name, cell.equals("yes"));
      case "age", "income", "town" -> {
        if (cell.isEmpty()) {
          row.putNull(name);
        } else if (cell.endsWith(".0")) {
          row.put(name, (long) Double.parseDouble(cell));
        } else {
          row.put(name, Double.parseDouble(cell));
        }
      }
      default -> row.put(name, cell);
    }
  }
}
