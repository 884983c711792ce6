package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.model.Offers;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that announce a large body and then send almost nothing. */
class SlowBodiesTest {
  private static final int CLIENTS = 150;

  @TempDir Path folder;
  private final List<Socket> slow = new ArrayList<>();
  private EndpointServer server;
  private Responses responses;

  @BeforeEach
  void occupyTheTurnOfLargeBodies() throws Exception {
    server = OffersServer.start(folder, Bounds.of(1, 1000), UploadBounds.of(1, 100));
    for (int client = 0; client < CLIENTS; client++) {
      slow.add(slowRequest(server.port()));
    }
    responses = new Responses(server.port());
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : slow) {
      socket.close();
    }
    server.stop();
  }

  @Test
  void leaveTheServerToTheOthers() throws Exception {
    long start = System.nanoTime();
    assertThat(responses.get("/ping").statusCode()).isEqualTo(200);
    assertThat(responses.csv(Offers.plainCsv(10, 1)).statusCode()).isEqualTo(200);
    assertThat(statusLineOfLargeRequest()).startsWith("HTTP/1.1 503 ");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void compressedBodiesCountAsLargeWhateverTheirHeadersSay() throws Exception {
    String rows = Offers.plainCsv(10, 1);
    assertBusy(responses.csv(Compressed.gzip(rows)));
    assertBusy(responses.csv(Compressed.zip("rows.csv", rows)));
  }

  private static void assertBusy(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
    assertThat(response.body()).contains("busy with other large requests");
  }

  /** Sends no body, since the server may close the connection while it is being sent. */
  private String statusLineOfLargeRequest() throws Exception {
    try (Socket socket = send(server.port(), "Expect: 100-continue\r\n\r\n")) {
      BufferedReader response =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String line = response.readLine();
      while (line.isEmpty() || line.startsWith("HTTP/1.1 100")) {
        line = response.readLine();
      }
      return line;
    }
  }

  private static Socket slowRequest(int port) throws Exception {
    return send(port, "\r\nage,inc");
  }

  private static Socket send(int port, String end) throws Exception {
    Socket socket = new Socket("127.0.0.1", port);
    String head =
        "POST /invocations HTTP/1.1\r\nHost: test\r\nContent-Type: text/csv\r\n"
            + "Content-Length: 1000000\r\n";
    socket.getOutputStream().write((head + end).getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
