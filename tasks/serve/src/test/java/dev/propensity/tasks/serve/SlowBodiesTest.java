package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.model.Slot;
import dev.propensity.tasks.serve.model.State;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that announce a large body and then hardly send anything. */
class SlowBodiesTest {
  private static final int CLIENTS = 150;

  @TempDir Path folder;

  @Test
  void leaveTheServerToTheOthers() throws Exception {
    ServedModel served = ModelLoader.load(Offers.train(folder, 1));
    EndpointServer server =
        new EndpointServer(
            new Slot(State.waiting("").swapped(0, served, null, null)),
            ServerSettings.local(Bounds.of(1, 1000), UploadBounds.of(1, 100)));
    server.start();
    List<Socket> slow = new ArrayList<>();
    try {
      for (int client = 0; client < CLIENTS; client++) {
        slow.add(slowRequest(server.port()));
      }
      Answers answers = new Answers(server.port());
      long start = System.nanoTime();
      assertThat(answers.get("/ping").statusCode()).isEqualTo(200);
      assertThat(answers.csv(Offers.csv(10, 1)).statusCode()).isEqualTo(200);
      HttpResponse<String> large = answers.csv("x".repeat(1 << 19));
      assertThat(large.statusCode()).isEqualTo(503);
      assertThat(large.body()).contains("busy with other large requests");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
      server.stop();
    }
  }

  private static Socket slowRequest(int port) throws Exception {
    Socket socket = new Socket("127.0.0.1", port);
    String head =
        "POST /invocations HTTP/1.1\r\nHost: test\r\nContent-Type: text/csv\r\n"
            + "Content-Length: 1000000\r\n\r\nage,inc";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
