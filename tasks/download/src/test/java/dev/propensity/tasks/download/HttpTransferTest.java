package dev.propensity.tasks.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a server that closes the connection in the middle of a body. */
class HttpTransferTest {
  private static final int LENGTH = 300_000;

  @TempDir Path folder;
  private HttpServer server;
  private final List<String> ranges = new ArrayList<>();
  private byte[] content = content(1);
  private int cuts = 2;
  private boolean resumes = true;
  private boolean changes;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/t.csv", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void goesOnWhereTheConnectionWasCut() throws Exception {
    assertThat(fetch()).isEqualTo(content);
    assertThat(ranges).hasSize(3);
    assertThat(ranges.get(0)).isNull();
    assertThat(ranges.get(1)).matches("bytes=[1-9][0-9]*-");
  }

  @Test
  void startsAgainWhereTheServerKnowsNoRanges() throws Exception {
    resumes = false;
    assertThat(fetch()).isEqualTo(content);
  }

  @Test
  void startsAgainWhereTheFileHasChangedMeanwhile() throws Exception {
    changes = true;
    assertThat(fetch()).isEqualTo(content(2));
  }

  private byte[] fetch() throws IOException {
    HttpSource source =
        HttpSource.parse("http://127.0.0.1:" + server.getAddress().getPort() + "/t.csv");
    return Files.readAllBytes(source.fetch(folder, RawTableWriterTest.limits()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(range);
    String tag = "\"" + Arrays.hashCode(content) + "\"";
    boolean same = tag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
    int from = range != null && resumes && same ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
    exchange.getResponseHeaders().set("ETag", tag);
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (LENGTH - 1) + "/" + LENGTH);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, LENGTH - from);
    int length = cuts-- > 0 ? 100_000 : LENGTH - from;
    exchange.getResponseBody().write(content, from, length);
    exchange.getResponseBody().flush();
    if (changes) {
      content = content(2);
    }
    exchange.close();
  }

  private static byte[] content(int seed) {
    byte[] bytes = new byte[LENGTH];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
