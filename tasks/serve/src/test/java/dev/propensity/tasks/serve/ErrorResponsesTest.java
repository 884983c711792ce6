package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.model.Offers;
import dev.propensity.table.CellError;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every invalid request gets a 4xx with one line that describes the error. */
class ErrorResponsesTest {
  private static final String COLUMNS = "age,income,town,size,member\\n";

  @TempDir static Path folder;
  private static EndpointServer server;
  private static Responses responses;

  @BeforeAll
  static void serve() throws Exception {
    server = OffersServer.start(folder, Bounds.of(1, 100), UploadBounds.of(1, 100));
    responses = new Responses(server.port());
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Test
  void aProblemShowsAValueAsItWasSent() throws Exception {
    String body = COLUMNS.replace("\\n", "\n") + "40,€ 12,1.0,größe,no\n";
    assertRejected(
        responses.csv(body), 422, "the body: 1 of 1 rows are invalid; line 2, income is '€ 12'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                           | 422 | the body is empty",
        COLUMNS + "                                   | 422 | a header and no rows",
        "age;income;town;size;member\\n40;1;1;x;no\\n | 422 | line 2, size is 'x': must be one of",
        "age,town,size,member\\n40,1.0,small,no\\n    | 422 | 'income': the column is missing",
        "age,age,income,town,size,member\\n           | 422 | 'age': duplicate column; rename or"
            + " remove one",
        COLUMNS + "40,1,1.0,small\\n                  | 422 | 4 cells where the header has 5",
        COLUMNS + "old,1,1.0,small,no\\n              | 422 | line 2, age is 'old': not a number",
        COLUMNS + "NaN,1,1.0,small,no\\n              | 422 | not a finite number",
        COLUMNS + "Infinity,1,1.0,small,no\\n         | 422 | not a finite number",
        COLUMNS + "17,1,1.0,small,no\\n               | 422 | age is '17': below 18",
        COLUMNS + "40,,1.0,small,no\\n                | 422 | income is empty: value is missing",
        COLUMNS + "40,1,1.0,huge,no\\n                | 422 | must be one of small, medium, large",
        COLUMNS + "40,1,1.0,small,maybe\\n            | 422 | must be one of no, yes",
        COLUMNS
            + "40,1,1.0,\"small,no\\n             | 422 | line 2: the quote that opens here is"
            + " never",
      })
  void csv(String body, int status, String detail) throws Exception {
    assertRejected(responses.csv(body.strip().replace("\\n", "\n")), status, detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                          | 400 | the body is empty",
        "[{                                          | 400 | not JSON in row 1, line 1,"
            + " character 3: it ends too early",
        "{\"income\": 1, \"member\": true}           | 422 | must be a JSON array of row objects",
        "[1]                                         | 422 | row 1: the row is '1': it must be"
            + " an object",
        "[]                                          | 422 | the array has no rows",
        "[{\"income\":1,\"member\":true}] 7          | 400 | more text after the array",
        "[{\"income\":1,\"member\":true},{\"income\":old}] | 400 | row 2, line 1, character 39:"
            + " 'old' is not a JSON value",
        "old                                         | 400 | not JSON, line 1, character 1:"
            + " 'old' is not a JSON value",
        "[{\"income\":1,\"member\":True}]            | 400 | 'True' is not a JSON value",
        "[{\"income\":1,\"member\":true},]           | 400 | unexpected ]",
        "[{\"income\":NaN,\"member\":true}]          | 422 | row 1: income is 'NaN': NaN is not"
            + " JSON; omit the key for a missing value",
        "[{\"income\":-Infinity,\"member\":true}]    | 422 | row 1: income is '-Infinity':"
            + " -Infinity is not JSON; omit",
        "[{\"income\":1,\"member\":Infinity}]        | 422 | row 1: member is 'Infinity':"
            + " Infinity is not JSON; omit",
        "[{\"x\":NaN,\"income\":1,\"member\":true}]   | 422 | row 1: x is 'NaN': NaN is not"
            + " JSON; omit the key",
        "[{\"x\":[{\"a\":[NaN]}],\"income\":1}]        | 422 | row 1: x is 'NaN': NaN is not"
            + " JSON; omit the key",
        "[{\"customer\":NaN,\"income\":1}]           | 422 | row 1: customer is 'NaN': NaN is"
            + " not JSON; omit",
        "[{\"income\":[1],\"member\":true}]          | 422 | row 1: income is '[…]': it must be"
            + " a single value",
        "[{\"income\":1,\"income\":2}]               | 422 | row 1: income is '2': duplicate column",
        "[{\"member\":true}]                         | 422 | row 1: income is empty: value is"
            + " missing",
        "[{\"Income\":1,\"member\":true}]            | 422 | row 1: 'income': the column is"
            + " missing; there is 'Income'",
        "[{\"income\":1,\"member\":true,\"AGE\":40}]  | 422 | row 1: 'age': the column is"
            + " missing; there is 'AGE'",
        "[{\"income\":\"x\",\"member\":true}]        | 422 | row 1: income is 'x': not a number",
        "[{\"income\":1,\"member\":3}]               | 422 | row 1: member is '3': must be one of",
        "[{\"income\":1e999,\"member\":true}]        | 422 | row 1: income is '1e999'",
        "[{\"customer\":{},\"income\":1,\"member\":true}] | 422 | row 1: customer is '{…}': it"
            + " must be a single value",
      })
  void json(String body, int status, String detail) throws Exception {
    assertRejected(responses.json(body.strip()), status, detail);
  }

  @Test
  void theFirstTenErrorsOfJsonRowsAndTheCountOfAll() throws Exception {
    String valid = "{\"income\":1,\"member\":true},";
    String invalid = "{\"age\":\"young\",\"income\":1},";
    HttpResponse<String> response = responses.json("[" + valid + invalid.repeat(8) + "7]");
    assertRejected(response, 422, "row 2: age is 'young': not a number; 16 more errors");
    JsonNode problem = Responses.tree(response);
    assertThat(problem.get("count").asInt()).isEqualTo(17);
    assertThat(problem.get("errors")).hasSize(10);
    assertThat(problem.at("/errors/0").toString())
        .isEqualTo("{\"row\":2,\"column\":\"age\",\"value\":\"young\",\"rule\":\"not a number\"}");
    assertThat(problem.at("/errors/9/row").asInt()).isEqualTo(6);
    assertThat(problem.at("/errors/9/column").asText()).isEqualTo("member");
  }

  @Test
  void aKeyThatLooksLikeAColumnIsFoundAmongAnyNumberOfUnknownOnes() throws Exception {
    for (int at : new int[] {0, 999, 1000, 2500}) {
      StringBuilder row = new StringBuilder("[{\"income\":1,\"member\":true");
      for (int i = 0; i < 2600; i++) {
        row.append(i == at ? ",\"AGE\":40" : ",\"x" + i + "\":0");
      }
      assertRejected(responses.json(row + "}]"), 422, "row 1: 'age': the column is missing");
    }
  }

  @Test
  void ofATableTheErrorsAreListedToo() throws Exception {
    String rows = "17,1,1.0,small,no\n40,x,1.0,small,no\n";
    JsonNode problem = Responses.tree(responses.csv(COLUMNS.replace("\\n", "\n") + rows));
    assertThat(problem.get("count").asInt()).isEqualTo(2);
    assertThat(problem.get("errors").get(1).toString())
        .isEqualTo("{\"line\":3,\"column\":\"income\",\"value\":\"x\",\"rule\":\"not a number\"}");
    assertThat(problem.get("detail").asText()).isEqualTo("the body: 2 of 2 rows are invalid");
  }

  @Test
  void aTableIsRejectedInTheSameWayInABodyAndInAForm() throws Exception {
    String header = COLUMNS.replace("\\n", "\n").replace(',', ';');
    for (String table :
        List.of(header + "17;1,5;1.0;small;no\n", "age;income;town;member\n40;1;1.0;no\n")) {
      JsonNode body = Responses.tree(responses.csv(table));
      JsonNode form = Responses.tree(responses.upload(table.getBytes(StandardCharsets.UTF_8)));
      assertThat(form.toString().replace("data_file", "the body")).isEqualTo(body.toString());
      assertThat(body.path("csv").asText())
          .isEqualTo(
              table.startsWith(header)
                  ? "separator=semicolon, decimal=comma"
                  : "separator=semicolon");
    }
  }

  @Test
  void filesOfOtherKinds() throws Exception {
    byte[] workbook = Compressed.zip("[Content_Types].xml", "<x/>", "xl/workbook.xml", "<x/>");
    assertRejected(
        bytes("text/csv", workbook),
        422,
        "the body is an Excel workbook: save the sheet as CSV in UTF-8");
    byte[] two = Compressed.zip("a.csv", "x", "b.csv", "x");
    assertRejected(bytes("text/csv", two), 422, "the body is a ZIP of 2 files (a.csv, b.csv)");
    assertRejected(responses.csv("%PDF-1.7"), 422, "the body is a PDF: a CSV in UTF-8 is expected");
    assertRejected(
        responses.csv("PAR1\u0015\u0004"),
        422,
        "the body is a Parquet file: write it as CSV in UTF-8");
    assertRejected(responses.csv("<!doctype html>"), 422, "the body is an HTML page, not a CSV");
  }

  @Test
  void anotherType() throws Exception {
    assertRejected(responses.post("text/plain", "x"), 415, "text/csv or application/json");
    assertRejected(responses.post("text/csv; charset=utf-16", "x"), 415, "UTF-8");
    HttpRequest.Builder untyped =
        responses.request("/invocations").POST(HttpRequest.BodyPublishers.ofString("x"));
    assertRejected(responses.send(untyped), 415, "not ''");
  }

  @Test
  void whatIsNotUtf8() throws Exception {
    byte[] utf16 = (COLUMNS + "40,1,1.0,small,no\n").getBytes(StandardCharsets.UTF_16);
    assertRejected(bytes("text/csv", utf16), 422, "is in UTF-16: save it as UTF-8");
    byte[] latin = "[{\"town\":\"é\"}]".getBytes(StandardCharsets.ISO_8859_1);
    assertRejected(bytes("application/json", latin), 400, "not JSON");
  }

  @Test
  void anotherMethodAndAnotherPath() throws Exception {
    HttpResponse<String> get = responses.get("/invocations");
    assertRejected(get, 405, "");
    assertThat(get.headers().firstValue("Allow")).contains("POST");
    assertRejected(responses.get("/nowhere"), 404, "");
  }

  @Test
  void tooManyRowsAndTooManyBytes() throws Exception {
    String many = Offers.plainCsv(101, 1);
    assertRejected(responses.csv(many), 413, "more than 100 rows");
    assertThat(responses.csv(Offers.plainCsv(100, 1)).statusCode()).isEqualTo(200);
    String rows = "{\"income\":1,\"member\":true},".repeat(100);
    assertRejected(responses.json("[" + rows + "{}]"), 413, "more than 100 rows");
    assertRejected(responses.csv("x".repeat(1 << 21)), 413, "longer than 1048576 bytes");
  }

  @Test
  void aLongBodyWithoutALength() throws Exception {
    byte[] body = "x".repeat(1 << 21).getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder chunked =
        responses
            .request("/invocations")
            .header("Content-Type", "text/csv")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(body)));
    assertRejected(responses.send(chunked), 413, "longer than 1048576 bytes");
  }

  @Test
  void whatIsNotHttp() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write("NONSENSE\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }
  }

  @Test
  void theServerGoesOn() throws Exception {
    assertThat(responses.get("/ping").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> bytes(String type, byte[] body) throws Exception {
    return responses.send(
        responses
            .request("/invocations")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** The detail, and the errors of a table as tasks write them. */
  private static String described(JsonNode problem) {
    StringBuilder text = new StringBuilder(problem.get("detail").asText());
    for (JsonNode error : problem.path("errors")) {
      CellError cell =
          new CellError(
              error.path("line").asLong(),
              error.get("column").asText(),
              error.path("value").textValue(),
              error.get("rule").asText());
      text.append("; ").append(cell.value() == null ? cell.withoutLine() : cell.text());
    }
    return text.toString();
  }

  private static void assertRejected(HttpResponse<String> response, int status, String detail)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = Responses.tree(response);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asText()).doesNotContain("\n", "Exception");
    assertThat(described(problem)).contains(detail);
  }
}
