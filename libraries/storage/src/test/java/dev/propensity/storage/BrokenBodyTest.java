package dev.propensity.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.storage.s3.S3ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that announces ten bytes, sends five, and disconnects. */
class BrokenBodyTest {
  private static final S3Location PLACE = S3Location.parse("s3://bucket/key");
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort".getBytes(StandardCharsets.US_ASCII);

  private ServerSocket server;
  private ObjectStore objects;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
    objects =
        new S3ObjectStore(
            Map.of(
                "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + server.getLocalPort(),
                "AWS_ACCESS_KEY_ID", "a",
                "AWS_SECRET_ACCESS_KEY", "b"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void aStreamSaysThatItBrokeOff() throws IOException {
    try (InputStream in = objects.open(PLACE)) {
      assertThat(in.readNBytes(5)).asString().isEqualTo("short");
      assertThatThrownBy(in::read)
          .isInstanceOf(UnavailableException.class)
          .hasMessage("the connection broke while reading " + PLACE + ", 5 bytes before its end");
    }
  }

  @Test
  void aDocumentSaysSoToo() {
    assertThatThrownBy(() -> objects.read(PLACE)).isInstanceOf(UnavailableException.class);
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[1 << 13]);
        socket.getOutputStream().write(ANSWER);
      } catch (IOException e) {
        return;
      }
    }
  }
}
