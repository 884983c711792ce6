package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.Model;
import dev.propensity.model.Offers;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvocationsTest {
  private static final int ROWS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static EndpointServer server;
  private static Responses responses;
  private static Model model;
  private static String csv;
  private static float[] expected;

  @BeforeAll
  static void serve() throws Exception {
    Offers.trainPlain(folder, 1);
    ServedModel served = ModelLoader.load(folder);
    model = served.model();
    server =
        new EndpointServer(
            new ModelHolder(ModelStatus.waiting("").swapped(0, served, null, null)),
            ServerSettings.local(Bounds.of(1, 1000), UploadBounds.of(1, 100)));
    server.start();
    responses = new Responses(server.port());
    csv = Offers.plainCsv(ROWS, 9);
    FeatureTable table =
        FeatureTable.encode(
            new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
            "rows",
            model.encoder());
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
    HttpResponse<String> response = responses.csv(csv);
    assertThat(response.statusCode()).isEqualTo(200);
    assertScores(Responses.tree(response));
    assertThat(Responses.tree(response).at("/predictions/0/id").asText()).isEqualTo("c0");
  }

  @Test
  void scoresJsonTextsAsTheModelDoes() throws Exception {
    assertScores(Responses.tree(responses.json(rows(false).toString())));
  }

  @Test
  void scoresJsonNumbersBooleansAndNullsAsTheModelDoes() throws Exception {
    assertScores(Responses.tree(responses.json(rows(true).toString())));
  }

  @Test
  void namesTheModelInTheAnswerAndItsHeader() throws Exception {
    HttpResponse<String> response = responses.csv(csv);
    String title = Responses.tree(response).get("model").asText();
    assertThat(title).matches("offers@[0-9a-f]{12}");
    assertThat(response.headers().firstValue("Propensity-Model")).contains(title);
  }

  @Test
  void answersCsvWhereThatIsAccepted() throws Exception {
    HttpResponse<String> response =
        responses.send(
            responses
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
        responses
            .request("/invocations")
            .header("Content-Type", "text/csv")
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(csv));
    assertThat(responses.send(request).headers().firstValue("Content-Type"))
        .contains("application/json");
    byte[] file = Offers.plainCsv(5, 9).getBytes(StandardCharsets.UTF_8);
    assertThat(responses.upload(file, "Accept", accept).headers().firstValue("Content-Type"))
        .contains("application/json");
  }

  @Test
  void takesColumnsInAnyOrderAndIgnoresOthers() throws Exception {
    String one = "town,extra,member,income,age,size\n3.0,x,yes,20000,40,small\n";
    String other = "age,income,town,size,member\n40,20000,3.0,small,yes\n";
    JsonNode first = Responses.tree(responses.csv(one)).get("predictions");
    assertThat(first).isEqualTo(Responses.tree(responses.csv(other)).get("predictions"));
    assertThat(first.get(0).get("id").asText()).isEqualTo("1");
  }

  @Test
  void saysHowTheRowsOfATableWereRead() throws Exception {
    String header = "age;income;town;size;member\n";
    HttpResponse<String> response =
        responses.csv(header + "40;1,5;3.0;small;no\n40;1;3;small;no\n40;1;4;small;no\n");
    assertThat(response.headers().firstValue("Propensity-Csv"))
        .contains("separator=semicolon, decimal=comma");
    assertThat(response.headers().firstValue("Propensity-Identifier")).contains("row");
    assertThat(response.headers().firstValue("Propensity-Unseen")).contains("town=2");
    assertThat(response.headers().firstValue("Propensity-Duplicates")).isEmpty();
    JsonNode answer = Responses.tree(response);
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("model", "predictions", "csv", "identifier", "unseen", "doubtful");
    assertThat(answer.get("csv").asText()).isEqualTo("separator=semicolon, decimal=comma");
    assertThat(answer.get("identifier").asText()).isEqualTo("row");
    assertThat(answer.get("unseen").toString()).isEqualTo("{\"town\":2}");

    String twice = "customer,age,income,town,size,member\n" + "c,40,1,3.0,small,no\n".repeat(3);
    HttpResponse<String> duplicates = responses.csv(twice);
    assertThat(duplicates.headers().firstValue("Propensity-Duplicates")).contains("2");
    assertThat(duplicates.headers().firstValue("Propensity-Identifier")).isEmpty();
    assertThat(Responses.tree(duplicates).get("duplicates").asInt()).isEqualTo(2);
    assertThat(Responses.tree(duplicates).fieldNames())
        .toIterable()
        .containsExactly("model", "predictions", "csv", "duplicates");
  }

  @Test
  void saysTheSameOfJsonWhereItApplies() throws Exception {
    String row = "{\"customer\":%s,\"income\":1,\"member\":true,\"town\":%s}";
    HttpResponse<String> response =
        responses.json("[" + row.formatted(7, 3) + "," + row.formatted("\"7\"", "\"x\"") + "]");
    assertThat(response.headers().firstValue("Propensity-Csv")).isEmpty();
    assertThat(response.headers().firstValue("Propensity-Duplicates")).contains("1");
    assertThat(response.headers().firstValue("Propensity-Unseen")).contains("town=1");
    JsonNode answer = Responses.tree(response);
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("model", "predictions", "duplicates", "unseen", "doubtful");
    assertThat(answer.get("duplicates").asInt()).isEqualTo(1);
    assertThat(answer.get("unseen").toString()).isEqualTo("{\"town\":1}");

    JsonNode numbered = Responses.tree(responses.json("[{\"income\":1,\"member\":true}]"));
    assertThat(numbered.get("identifier").asText()).isEqualTo("row");
    assertThat(numbered.has("unseen")).isFalse();
  }

  @Test
  void namesTheColumnsWithSoManyUnseenCategoriesThatScoresAreDoubtful() throws Exception {
    String known = "{\"income\":1,\"member\":true,\"town\":\"3.0\"},";
    String unseen = known.replace("3.0", "x");
    String header = "age,income,town,size,member\n";
    String csv = "40,1,3.0,small,no\n";
    String csvUnseen = csv.replace("3.0", "x");
    for (HttpResponse<String> few :
        List.of(
            responses.csv(header + csv.repeat(19) + csvUnseen),
            responses.json("[" + known.repeat(19) + unseen.replaceAll(",$", "]")))) {
      assertThat(few.headers().firstValue("Propensity-Unseen")).contains("town=1");
      assertThat(few.headers().firstValue("Propensity-Doubtful")).isEmpty();
      assertThat(Responses.tree(few).has("doubtful")).isFalse();
    }
    for (HttpResponse<String> many :
        List.of(
            responses.csv(header + csv.repeat(18) + csvUnseen),
            responses.json("[" + known.repeat(18) + unseen.replaceAll(",$", "]")))) {
      assertThat(many.headers().firstValue("Propensity-Unseen")).contains("town=1");
      assertThat(many.headers().firstValue("Propensity-Doubtful")).contains("1");
      assertThat(Responses.tree(many).get("doubtful").toString()).isEqualTo("[\"town\"]");
    }
  }

  @Test
  void namesTheKnownCategoriesThatUnseenOnesLookLike() throws Exception {
    String wide = "\uFF13.0"; // a digit of full width
    String json = "{\"income\":1,\"member\":true,\"town\":\"%s\"}";
    List<HttpResponse<String>> both =
        List.of(
            responses.csv(
                "age,income,town,size,member\n40,1,%s,small,no\n40,1,x,small,no\n40,1,4.\u200B0,,no\n"
                    .formatted(wide)),
            responses.json(
                "[%s,%s,%s]"
                    .formatted(
                        json.formatted(wide), json.formatted("x"), json.formatted("4.\u200B0"))));
    for (HttpResponse<String> response : both) {
      assertThat(response.headers().firstValue("Propensity-Unseen")).contains("town=3");
      assertThat(response.headers().firstValue("Propensity-Look-Alikes"))
          .contains("town=4.%E2%80%8B0~4.0, town=%EF%BC%93.0~3.0");
      assertThat(Responses.tree(response).get("look_alikes").toString())
          .isEqualTo("{\"town\":{\"4.\u200B0\":\"4.0\",\"" + wide + "\":\"3.0\"}}");
    }
    HttpResponse<String> none = responses.json("[" + json.formatted("x") + "]");
    assertThat(none.headers().firstValue("Propensity-Look-Alikes")).isEmpty();
    assertThat(Responses.tree(none).has("look_alikes")).isFalse();
  }

  @Test
  void namesAtMostTenLookAlikesOfAColumn() throws Exception {
    StringBuilder csv = new StringBuilder("age,income,town,size,member\n");
    StringBuilder rows = new StringBuilder();
    for (int count = 1; count <= 15; count++) {
      String town = "3.0" + "\u200B".repeat(count);
      csv.append("40,1,").append(town).append(",small,no\n");
      rows.append(count == 1 ? "[" : ",");
      rows.append("{\"income\":1,\"member\":true,\"town\":\"").append(town).append("\"}");
    }
    for (HttpResponse<String> response :
        List.of(responses.csv(csv.toString()), responses.json(rows + "]"))) {
      assertThat(Responses.tree(response).get("unseen").toString()).isEqualTo("{\"town\":15}");
      assertThat(Responses.tree(response).get("look_alikes").get("town")).hasSize(10);
    }
  }

  @Test
  void takesRowsWithoutAHeaderInTheModelsOrder() throws Exception {
    String row = "40,20000,3.0,small,yes\n";
    for (String type : List.of("text/csv; header=absent", "text/csv;charset=utf-8;Header=Absent")) {
      HttpResponse<String> response = responses.post(type, row + row);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      JsonNode answer = Responses.tree(response);
      JsonNode expected =
          Responses.tree(responses.csv("age,income,town,size,member\n" + row + row));
      assertThat(answer).isEqualTo(expected);
      assertThat(answer.get("predictions").findValuesAsText("id")).containsExactly("1", "2");
    }
    HttpResponse<String> without = responses.csv(row + row);
    assertThat(without.statusCode()).isEqualTo(422);
    assertThat(Responses.tree(without).get("detail").asText())
        .startsWith(
            "the body, line 1: there is no header: the first line is a row (40, 20000, 3.0");
  }

  @Test
  void readsCompressedTablesByTheirContent() throws Exception {
    for (byte[] body : List.of(Compressed.gzip(csv), Compressed.zip("rows.csv", csv))) {
      HttpResponse<String> response = csv(body);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertScores(Responses.tree(response));
    }
    HttpResponse<String> bomb = csv(Compressed.gzip(csv + "\n".repeat(1 << 21)));
    assertThat(bomb.statusCode()).isEqualTo(413);
    assertThat(bomb.body()).contains("longer than 1048576 bytes");
  }

  private static HttpResponse<String> csv(byte[] body) throws Exception {
    return responses.send(
        responses
            .request("/invocations")
            .header("Content-Type", "text/csv")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  @Test
  void comparesNamesAsHeadersAreCompared() throws Exception {
    String row = "[{\" income \":1,\"member\":\"no\",\"town\":\" 3.0 \",\" customer\":7}]";
    JsonNode other = Responses.tree(responses.json(row));
    String plain = "[{\"income\":1,\"member\":\"no\",\"town\":\"3.0\",\"customer\":7}]";
    assertThat(other).isEqualTo(Responses.tree(responses.json(plain)));
  }

  @Test
  void countsRowsWithoutIdentifier() throws Exception {
    String row = "{\"age\":40,\"income\":1,\"member\":true}";
    String named = "{\"customer\":7,\"income\":1,\"member\":false,\"other\":{\"a\":[1]}}";
    JsonNode predictions =
        Responses.tree(responses.json("[" + row + "," + named + "," + row + "]"))
            .get("predictions");
    assertThat(predictions.findValuesAsText("id")).containsExactly("1", "7", "3");
  }

  @Test
  void rejectsAnIdentifierInJsonAsInCsv() throws Exception {
    String json = "{\"age\":40,\"income\":1,\"town\":\"3.0\",\"member\":true,\"customer\":%s}";
    String csv = "customer,age,income,town,size,member\n%s,40,1,3.0,small,yes\n";
    for (String identifier : List.of("", "\u00e4".repeat(513), "7".repeat(1_025))) {
      JsonNode expected = Responses.tree(responses.csv(csv.formatted(identifier)));
      HttpResponse<String> response =
          responses.json("[" + json.formatted('"' + identifier + '"') + "]");
      assertThat(response.statusCode()).isEqualTo(422);
      JsonNode error = Responses.tree(response).at("/errors/0");
      for (String member : List.of("column", "value", "rule")) {
        assertThat(error.get(member)).isEqualTo(expected.at("/errors/0/" + member));
      }
      assertThat(error.get("row").asInt()).isEqualTo(1);
    }
    assertThat(Responses.tree(responses.json("[" + json.formatted("null") + "]")).get("detail"))
        .hasToString("\"row 1: customer is empty: identifier is missing\"");
    assertThat(
            responses.json("[" + json.formatted('"' + "7".repeat(1_024) + '"') + "]").statusCode())
        .isEqualTo(200);
    assertThat(
            Responses.tree(responses.json("[" + json.formatted("1,\"customer\":2") + "]"))
                .get("detail"))
        .hasToString("\"row 1: customer is '2': duplicate column\"");
  }

  @Test
  void numbersRowsOnRequest() throws Exception {
    String table =
        "customer,age,income,town,size,member\nx,40,1,1.0,small,no\nx,41,1,1.0,small,no\n";
    String row =
        "{\"customer\":\"x\",\"age\":%d,\"income\":1,\"town\":1,\"size\":\"small\",\"member\":false}";
    String rows = "[" + row.formatted(40) + "," + row.formatted(41) + "]";
    JsonNode csvAnswer = Responses.tree(invoke("?identifier=row", "text/csv", table));
    JsonNode jsonAnswer = Responses.tree(invoke("?identifier=row", "application/json", rows));
    assertThat(csvAnswer.get("predictions").findValuesAsText("id")).containsExactly("1", "2");
    assertThat(jsonAnswer.get("predictions")).isEqualTo(csvAnswer.get("predictions"));
    for (JsonNode answer : List.of(csvAnswer, jsonAnswer)) {
      assertThat(answer.get("identifier").asText()).isEqualTo("row");
      assertThat(answer.has("duplicates")).isFalse();
    }
    HttpResponse<String> wrong = invoke("?identifier=name", "text/csv", table);
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(Responses.tree(wrong).get("detail").asText())
        .isEqualTo("the parameter 'identifier' can only be 'row'");
  }

  private static HttpResponse<String> invoke(String query, String type, String body)
      throws Exception {
    return responses.send(
        responses
            .request("/invocations" + query)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void aJsonNumberWithALongExponentIsAWordLikeOthers() throws Exception {
    String row = "[{\"age\":40,\"income\":1,\"town\":%s,\"member\":false}]";
    for (String number : List.of("1e99999999999", "100e2147483647", "1e-99999999999")) {
      JsonNode answer = Responses.tree(responses.json(row.formatted(number)));
      assertThat(answer.at("/unseen/town").asInt()).as("%s: %s", number, answer).isEqualTo(1);
    }
  }

  @Test
  void readsTheDecimalSignThatTheContentTypeNames() throws Exception {
    String table = "age;income;town;size;member\n40;1,5;3.0;small;no\n";
    HttpResponse<String> response = responses.post("text/csv; decimal=point", table);
    assertThat(response.statusCode()).isEqualTo(422);
    JsonNode problem = Responses.tree(response);
    assertThat(problem.at("/errors/0/value").asText()).isEqualTo("1,5");
    assertThat(problem.get("csv").asText()).isEqualTo("separator=semicolon, decimal=point");
    String tabs = table.replace(';', '\t');
    assertThat(responses.post("text/csv", tabs).statusCode()).isEqualTo(422);
    assertThat(
            responses
                .post("text/csv; decimal=\"comma\"", tabs)
                .headers()
                .firstValue("Propensity-Csv"))
        .contains("separator=tab, decimal=comma");
    response = responses.post("text/csv; decimal=semicolon", table);
    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(Responses.tree(response).get("detail").asText())
        .isEqualTo("send decimal=comma, decimal=point or neither, not 'decimal=semicolon'");
  }

  @Test
  void countsTheModelsColumnsWhereThereIsNoHeader() throws Exception {
    JsonNode problem = Responses.tree(responses.post("text/csv; header=absent", "40,20000,3.0\n"));
    assertThat(problem.at("/errors/0/rule").asText())
        .isEqualTo("3 cells where the model has 5 columns");
  }

  @Test
  void takesAWholeNumberForACategoryWithAFraction() throws Exception {
    String row = "[{\"income\":1,\"member\":\"no\",\"town\":%s}]";
    JsonNode whole = Responses.tree(responses.json(row.formatted("3"))).get("predictions");
    JsonNode text = Responses.tree(responses.json(row.formatted("\"3.0\""))).get("predictions");
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
