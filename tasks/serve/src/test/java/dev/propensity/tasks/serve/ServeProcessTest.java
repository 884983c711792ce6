package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.model.Offers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server in its own process. */
class ServeProcessTest {
  @TempDir static Path folder;
  private static Path model;
  private List<String> java = List.of();
  private ServerProcess process;

  @BeforeAll
  static void train() throws Exception {
    model = Offers.trainPlain(Files.createDirectory(folder.resolve("model")), 1);
  }

  @AfterEach
  void end() {
    if (process != null) {
      process.close();
    }
  }

  @Test
  void finishesTheRequestInFlightWhenItIsTerminated() throws Exception {
    int port = start("--model", model.toString());
    byte[] body = Offers.plainCsv(3, 1).getBytes(StandardCharsets.UTF_8);
    int half = body.length / 2;
    try (Socket socket = new Socket("127.0.0.1", port)) {
      OutputStream out = socket.getOutputStream();
      String head =
          "POST /invocations HTTP/1.1\r\nHost: test\r\nContent-Type: text/csv\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(body, 0, half);
      out.flush();
      Thread.sleep(1000); // so that the request is being read
      process.terminate();
      Thread.sleep(2000); // longer than Jetty waits for an idle client by default
      assertThat(process.isAlive()).isTrue();
      out.write(body, half, body.length - half);
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200").contains("\"id\":\"c2\"");
    }
    assertThat(process.exit()).isEqualTo(143);
  }

  @Test
  void endsAtOnceWhenNothingIsInFlight() throws Exception {
    int port = start("--model", model.toString());
    assertThat(new Responses(port).get("/ping").statusCode()).isEqualTo(200);
    process.terminate();
    process.exit();
    assertThat(process.lines()).last().isEqualTo("INFO stopped");
    assertThat(process.lines()).noneMatch(line -> line.contains("Exception"));
  }

  @Test
  void rejectsAFolderWithoutAModelAndATakenPort() throws Exception {
    launch("--model", folder.toString());
    assertThat(process.exit()).isEqualTo(2);
    assertThat(process.lines())
        .singleElement()
        .asString()
        .contains("is not a model directory: model.json is missing");

    try (java.net.ServerSocket taken = new java.net.ServerSocket(0)) {
      launch("--model", model.toString(), "--port", String.valueOf(taken.getLocalPort()));
      assertThat(process.exit()).isEqualTo(2);
      assertThat(process.lines()).singleElement().asString().contains("is in use");
    }
  }

  @Test
  void logsARequestWithoutItsData() throws Exception {
    int port = start("--model", model.toString());
    HttpResponse<String> response =
        new Responses(port).csv("age,income,town,size,member\n40,76543,13.0,small,yes\n");
    assertThat(response.statusCode()).isEqualTo(200);
    process.terminate();
    process.exit();
    String line = process.lines().get(1);
    assertThat(new ObjectMapper().readTree(line).fieldNames())
        .toIterable()
        .containsExactly("request", "method", "path", "status", "rows", "ms", "model");
    assertThat(line)
        .contains("\"path\":\"/invocations\",\"status\":200,\"rows\":1,")
        .contains("\"model\":\"offers@");
    assertThat(line).doesNotContain("76543", "small");
  }

  /** A file much larger than the heap, whose response is larger than what is kept in memory. */
  @Test
  void readsAnUploadOfAnySizeInLittleMemoryAndLeavesNothingOnDisk() throws Exception {
    int rows = 150_000;
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    java = List.of("-Xmx40m", "-Djava.io.tmpdir=" + temporary);
    int port = start("--model", model.toString());
    byte[] head =
        ("--b\r\nContent-Disposition: form-data; name=\"data_file\"\r\n\r\n"
                + "customer,age,income,town,size,member,note\n")
            .getBytes(StandardCharsets.US_ASCII);
    String row = ",40,1234.5,13.0,small,yes," + "x".repeat(600) + "\n";
    Iterable<byte[]> form =
        () ->
            IntStream.rangeClosed(-1, rows)
                .mapToObj(
                    i ->
                        i < 0
                            ? head
                            : (i < rows ? i + row : "\r\n--b--\r\n")
                                .getBytes(StandardCharsets.US_ASCII))
                .iterator();
    HttpResponse<String> response =
        new Responses(port)
            .send(
                new Responses(port)
                    .request(Responses.UPLOAD)
                    .header("Content-Type", "multipart/form-data; boundary=b")
                    .POST(HttpRequest.BodyPublishers.ofByteArrays(form)));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .startsWith("[{\"customer\":\"0\",")
        .contains("{\"customer\":\"" + (rows - 1) + "\",");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void asksToTryAgainWhereTheDiskHasNoRoomForAZip() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("deleted"));
    java = List.of("-Djava.io.tmpdir=" + temporary);
    Responses responses = new Responses(start("--model", model.toString()));
    Files.delete(temporary); // as good as full
    byte[] zip = Compressed.zip("rows.csv", Offers.plainCsv(3, 1));
    for (HttpResponse<String> response : List.of(responses.csv(zip), responses.upload(zip))) {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
      assertThat(response.body()).contains("not enough disk space", "on the server");
    }
    assertThat(responses.csv(Offers.plainCsv(3, 1)).statusCode()).isEqualTo(200);
  }

  private int start(String... options) throws Exception {
    launch(append(options, "--port", "0"));
    return process.port();
  }

  private void launch(String... options) throws IOException {
    process = new ServerProcess(folder, Map.of(), java, options);
  }

  private static String[] append(String[] options, String... more) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
