package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.model.Offers;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files uploaded to a real server, and its responses. */
class UploadsTest {
  private static final String HEADER = "customer,age,income,town,size,member\n";
  private static final String ROW = "c1,40,1234.5,13.0,small,yes\n";

  @TempDir static Path folder;
  private static ServedModel served;
  private static EndpointServer server;
  private static Responses responses;

  @BeforeAll
  static void serve() throws Exception {
    served = ModelLoader.load(Offers.trainPlain(folder, 1));
    server =
        new EndpointServer(
            new ModelHolder(ModelStatus.waiting("").swapped(0, served, null, null)),
            ServerSettings.local(Bounds.of(1, 100), UploadBounds.of(1, 5000)));
    server.start();
    responses = new Responses(server.port());
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Test
  void comparesTheRowsWithTheTrainingDataOnRequest() throws Exception {
    // The ages of the training rows are below 120; the other columns are as they were.
    String csv = Offers.plainCsv(1000, 3).replaceAll("(?m)^(c\\d+),[^,]*", "$1,120");
    byte[] file = csv.getBytes(StandardCharsets.UTF_8);
    JsonNode compared = Responses.tree(responses.upload("?comparison=training", file));
    assertThat(compared.get("predictions")).isEqualTo(Responses.tree(responses.upload(file)));
    JsonNode comparison = compared.get("comparison");
    assertThat(comparison.get("rows").asInt()).isEqualTo(1000);
    assertThat(comparison.get("training_rows").asInt()).isEqualTo(served.baseline().rows());
    JsonNode age = comparison.at("/columns/0");
    assertThat(age.get("name").asText()).isEqualTo("age");
    assertThat(age.get("effect").asDouble()).isGreaterThan(1);
    assertThat(age.get("missing").asDouble()).isZero();
    JsonNode bins = age.get("bins");
    assertThat(bins.get(bins.size() - 1).asInt()).isEqualTo(1000);
    assertThat(comparison.at("/columns/1/effect").asDouble()).isLessThan(0.05);
    assertThat(comparison.get("columns")).hasSize(5);
    assertThat(comparison.at("/labels/member/values").toString()).isEqualTo("[\"no\",\"yes\"]");
    assertThat(comparison.at("/scores/bins").size())
        .isEqualTo(comparison.at("/scores/baseline").size());

    assertThat(responses.upload("?comparison=training", file, "Accept", "text/csv").body())
        .isEqualTo(responses.upload(file, "Accept", "text/csv").body());
    HttpResponse<String> other = responses.upload("?comparison=reference", file);
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("the parameter 'comparison' can only be 'training'");
  }

  @Test
  void comparesNothingForAModelWithoutABaseline(@TempDir Path old) throws Exception {
    Offers.trainPlain(old, 1);
    Files.delete(old.resolve("baseline.json"));
    EndpointServer other =
        new EndpointServer(
            new ModelHolder(ModelStatus.waiting("").swapped(0, ModelLoader.load(old), null, null)),
            ServerSettings.local(Bounds.of(1, 100), UploadBounds.of(1, 5000)));
    other.start();
    try {
      byte[] file = Offers.plainCsv(3, 3).getBytes(StandardCharsets.UTF_8);
      Responses server = new Responses(other.port());
      JsonNode compared = Responses.tree(server.upload("?comparison=training", file));
      assertThat(compared.get("predictions")).hasSize(3);
      assertThat(compared.get("comparison").isNull()).isTrue();
      JsonNode state = Responses.tree(server.get("/api/v1/monitoring"));
      assertThat(state.get("scores").isNull()).isTrue();
    } finally {
      other.stop();
    }
  }

  @Test
  void answersEveryRowInOrderWithTheScoresOfInvocations() throws Exception {
    String csv = Offers.plainCsv(100, 3);
    HttpResponse<String> response = upload(csv);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.headers().firstValue("Propensity-Model")).contains(served.title());
    JsonNode rows = Responses.tree(response);
    JsonNode expected = Responses.tree(responses.csv(csv)).get("predictions");
    assertThat(rows).hasSize(100);
    for (int row = 0; row < 100; row++) {
      JsonNode prediction = rows.get(row);
      assertThat(prediction.fieldNames())
          .toIterable()
          .containsExactly("customer", "taken_pred", "score");
      assertThat(prediction.get("customer").asText()).isEqualTo("c" + row);
      assertThat(prediction.get("score")).isEqualTo(expected.get(row).get("score"));
      assertThat(prediction.get("taken_pred")).isEqualTo(expected.get(row).get("label"));
    }
  }

  @Test
  void oneRowIsEnough() throws Exception {
    assertThat(Responses.tree(upload(HEADER + ROW))).hasSize(1);
    assertThat(Responses.tree(upload((HEADER + ROW).stripTrailing()))).hasSize(1);
  }

  @Test
  void anAnswerLongerThanWhatIsKeptInMemoryIsWhole() throws Exception {
    JsonNode rows =
        Responses.tree(
            upload(
                Offers.plainCsv(5000, 4)
                    .replaceAll("(?m)^c", "customer-number-")
                    .replaceFirst("customer-number-ustomer", "customer")));
    assertThat(rows).hasSize(5000);
    assertThat(rows.get(4999).get("customer").asText()).isEqualTo("customer-number-4999");
  }

  @Test
  void answersCsvWhereThatIsAskedFor() throws Exception {
    HttpResponse<String> response =
        responses.upload(
            (HEADER + "\"a \"\"b\"\", c\"" + ROW.substring(2)).getBytes(StandardCharsets.UTF_8),
            "Accept",
            "text/csv");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/csv;charset=utf-8");
    assertThat(response.body())
        .startsWith("customer,taken_pred,score\n\"a \"\"b\"\", c\",")
        .endsWith("\n");
  }

  @Test
  void rowNumbersWhereThereIsNoIdentifier() throws Exception {
    HttpResponse<String> response =
        upload("age,income,town,size,member\n40,1,1.0,small,no\n41,1,1.0,small,no\n");
    assertThat(response.headers().firstValue("Propensity-Identifier")).contains("row");
    JsonNode rows = Responses.tree(response);
    assertThat(rows.get(0).get("customer").asText()).isEqualTo("1");
    assertThat(rows.get(1).get("customer").asText()).isEqualTo("2");
    assertThat(upload(HEADER + ROW).headers().firstValue("Propensity-Identifier")).isEmpty();
  }

  @Test
  void countsDuplicateIdentifiers() throws Exception {
    HttpResponse<String> response = upload(HEADER + ROW.repeat(3));
    assertThat(Responses.tree(response)).hasSize(3);
    assertThat(response.headers().firstValue("Propensity-Duplicates")).contains("2");
    assertThat(upload(HEADER + ROW).headers().firstValue("Propensity-Duplicates")).isEmpty();
  }

  @Test
  void compressedFilesByTheirContent() throws Exception {
    JsonNode expected = Responses.tree(upload(HEADER + ROW));
    byte[] gzip = Compressed.gzip(HEADER + ROW);
    assertThat(Responses.tree(responses.upload(gzip))).isEqualTo(expected);
    byte[] zip = Compressed.zip("rows.csv", HEADER + ROW, "__MACOSX/._rows.csv", "x");
    HttpResponse<String> response = responses.upload(zip);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(Responses.tree(response)).isEqualTo(expected);

    JsonNode two = rejected(responses.upload(Compressed.zip("a.csv", ROW, "b.csv", ROW)), 422);
    assertThat(two.get("detail").asText())
        .isEqualTo(
            "data_file is a ZIP of 2 files (a.csv, b.csv): use a ZIP with the table's file only");
    JsonNode workbook =
        rejected(
            responses.upload(Compressed.zip("[Content_Types].xml", "<x/>", "xl/a.xml", "<x/>")),
            422);
    assertThat(workbook.get("detail").asText())
        .isEqualTo("data_file is an Excel workbook: save the sheet as CSV in UTF-8");
    JsonNode damaged = rejected(responses.upload(Arrays.copyOf(gzip, gzip.length - 9)), 422);
    assertThat(damaged.get("detail").asText()).startsWith("data_file is damaged or incomplete");
  }

  @Test
  void decompressedBytesCountAsSentOnes() throws Exception {
    String large = HEADER + ROW + "\n".repeat(1 << 21);
    for (byte[] bomb : List.of(Compressed.gzip(large), Compressed.zip("rows.csv", large))) {
      assertThat(bomb.length).isLessThan(1 << 14);
      JsonNode problem = rejected(responses.upload(bomb), 413);
      assertThat(problem.get("detail").asText()).contains("longer than 1048576 bytes");
    }
  }

  @Test
  void rowNumbersOnRequest() throws Exception {
    String csv = HEADER + "x,40,1,1.0,small,no\nx,41,1,1.0,small,no\n";
    HttpResponse<String> response =
        responses.upload("?identifier=row", csv.getBytes(StandardCharsets.UTF_8));
    assertThat(Responses.tree(response).get(1).get("customer").asText()).isEqualTo("2");
    assertThat(response.headers().firstValue("Propensity-Identifier")).contains("row");
    assertThat(response.headers().firstValue("Propensity-Duplicates")).isEmpty();
    rejected(responses.upload("?identifier=name", csv.getBytes(StandardCharsets.UTF_8)), 422);
  }

  @Test
  void theFirstTenErrorsAndTheCountOfAll() throws Exception {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int row = 0; row < 300; row++) {
      csv.append('r')
          .append(row)
          .append(row < 12 ? ",17,x,1.0,small,no\n" : ",40,1,1.0,small,no\n");
    }
    JsonNode problem = rejected(upload(csv.toString()), 422);
    assertThat(problem.get("count").asInt()).isEqualTo(24);
    assertThat(problem.get("errors")).hasSize(10);
    assertThat(problem.get("errors").get(1).toString())
        .isEqualTo("{\"line\":2,\"column\":\"income\",\"value\":\"x\",\"rule\":\"not a number\"}");
    assertThat(problem.get("errors").get(0).get("rule").asText()).isEqualTo("below 18");
  }

  @Test
  void withoutTheFileOrWithMoreThanTheFile() throws Exception {
    String boundary = "multipart/form-data; boundary=b";
    rejected(form(boundary, "--b--\r\n"), 422);
    rejected(
        form(boundary, "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--b--\r\n"),
        422);
    String part =
        "--b\r\nContent-Disposition: form-data; name=\"data_file\"\r\n\r\n" + HEADER + ROW + "\r\n";
    rejected(form(boundary, part + part + "--b--\r\n"), 422);
    assertThat(form(boundary, part + "--b--").statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsNoForm() throws Exception {
    rejected(form("text/csv", HEADER + ROW), 415);
    rejected(form("multipart/form-data", "x"), 400);
    rejected(form("multipart/form-data; boundary=b", ""), 400);
    rejected(
        form(
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"data_file\"\r\n\r\n" + HEADER),
        400);
    rejected(responses.get(Responses.UPLOAD), 405);
  }

  @Test
  void tooManyBytesAndTooManyRows() throws Exception {
    rejected(upload(HEADER + "x".repeat(1 << 21)), 413);
    rejected(upload(Offers.plainCsv(5001, 1)), 413);
  }

  @Test
  void reportsCategoriesThatTrainingNeverSaw() throws Exception {
    HttpResponse<String> response = upload(HEADER + ROW + "c2,40,1,13,small,no\n");
    assertThat(response.headers().firstValue("Propensity-Unseen")).contains("town=1");
    assertThat(response.headers().firstValue("Propensity-Doubtful")).contains("1");
    assertThat(response.headers().firstValue("Propensity-Look-Alikes")).isEmpty();
    HttpResponse<String> few = upload(HEADER + ROW.repeat(19) + "c2,40,1,13,small,no\n");
    assertThat(few.headers().firstValue("Propensity-Doubtful")).isEmpty();
    assertThat(upload(HEADER + ROW).headers().firstValue("Propensity-Unseen")).isEmpty();
  }

  @Test
  void namesTheKnownCategoriesThatUnseenOnesLookLike() throws Exception {
    HttpResponse<String> response = upload(HEADER + ROW + "c2,40,1,\uFF13.0,small,no\n");
    assertThat(response.headers().firstValue("Propensity-Unseen")).contains("town=1");
    assertThat(response.headers().firstValue("Propensity-Look-Alikes"))
        .contains("town=%EF%BC%93.0~3.0");
  }

  @Test
  void whatSpreadsheetsWrite() throws Exception {
    String semicolons =
        "\uFEFFcustomer;age;income;town;size;member\r\nc1;40;1234,5;13.0;small;yes\r\n";
    HttpResponse<String> response = upload(semicolons);
    assertThat(response.headers().firstValue("Propensity-Csv"))
        .contains("separator=semicolon, decimal=comma, byte-order-mark");
    JsonNode expected = Responses.tree(upload(HEADER + ROW)).get(0);
    assertThat(Responses.tree(response).get(0)).isEqualTo(expected);
    for (String same :
        Map.of(
                "tabs",
                (HEADER + ROW).replace(',', '\t'),
                "points",
                (HEADER + ROW).replace(',', ';'),
                "directive",
                "sep=;\n" + (HEADER + ROW).replace(',', ';'))
            .values()) {
      assertThat(Responses.tree(upload(same)).get(0)).isEqualTo(expected);
    }
    JsonNode mixed = rejected(upload(semicolons + "c2;40;1234.5;13.0;small;yes\r\n"), 422);
    assertThat(mixed.at("/errors/0").toString())
        .contains("\"line\":3", "\"1234.5\"", "decimal commas");
  }

  @Test
  void aBodyThatBreaksOffOrIsBadlyChunked() throws Exception {
    String head =
        "POST "
            + Responses.UPLOAD
            + " HTTP/1.1\r\nHost: test\r\nContent-Type: multipart/form-data; boundary=b\r\n";
    String part =
        "--b\r\nContent-Disposition: form-data; name=\"data_file\"\r\n\r\n" + HEADER + ROW;
    for (String broken :
        List.of(
            head + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
            head
                + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(part.length())
                + "\r\n"
                + part
                + "\r\nZZ\r\n",
            head + "Content-Length: 100000\r\n\r\n" + part)) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        socket.getOutputStream().write(broken.getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();
        byte[] answer = socket.getInputStream().readAllBytes();
        assertThat(new String(answer, StandardCharsets.US_ASCII))
            .startsWith("HTTP/1.1 400")
            .contains("application/problem+json", "X-Request-Id");
      }
    }
  }

  @Test
  void moreUploadsAtOnceThanItTakesAreAskedToComeAgain() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      HttpResponse<String> response = upload(HEADER + ROW);
      // A request during this one is rejected itself, so there is one more each time.
      for (int tries = 0; response.statusCode() == 200 && tries < 200; tries++) {
        slow.add(slowUpload());
        Thread.sleep(20);
        response = upload(HEADER + ROW);
      }
      rejected(response, 503);
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
      assertThat(responses.csv(HEADER + ROW).statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    HttpResponse<String> response = upload(HEADER + ROW);
    for (int tries = 0; response.statusCode() == 503 && tries < 200; tries++) {
      Thread.sleep(20); // until the server has noticed that they are disconnected
      response = upload(HEADER + ROW);
    }
    assertThat(response.statusCode()).isEqualTo(200);
  }

  private static Socket slowUpload() throws Exception {
    Socket socket = new Socket("127.0.0.1", server.port());
    String head =
        "POST "
            + Responses.UPLOAD
            + " HTTP/1.1\r\nHost: test\r\nContent-Length: 1000\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static HttpResponse<String> upload(String csv) throws Exception {
    return responses.upload(csv.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> form(String type, String body) throws Exception {
    return responses.form("", type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode rejected(HttpResponse<String> response, int status) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    return Responses.tree(response);
  }
}
