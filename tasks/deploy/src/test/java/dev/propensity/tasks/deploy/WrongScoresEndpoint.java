package dev.propensity.tasks.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.Model.SampleRow;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An endpoint that follows the ledger, and scores every row of one release with 2. For any other
 * release, such as a rollback, it returns the recorded scores.
 */
final class WrongScoresEndpoint implements AutoCloseable {
  private final ReleaseLedger ledger;
  private final RecordedScores samples;
  private final int lies;
  private final HttpServer server;
  private Runnable meanwhile = () -> {};

  /**
   * @param lies the release whose rows it scores with 2; 0 to score all correctly
   */
  WrongScoresEndpoint(ReleaseLedger ledger, RecordedScores samples, int lies) throws IOException {
    this.ledger = ledger;
    this.samples = samples;
    this.lies = lies;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/model", this::describe);
    server.createContext("/invocations", this::score);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What happens once, while it scores the next rows. */
  void whileScoring(Runnable event) {
    meanwhile = event;
  }

  private void describe(HttpExchange exchange) throws IOException {
    LedgerEntry state = ledger.latest().orElseThrow();
    answer(
        exchange,
        Map.of(
            "name", ledger.name(),
            "release", lies == 0 ? 0 : state.number(),
            "digest", state.champion().digest().hex()));
  }

  private void score(HttpExchange exchange) throws IOException {
    LedgerEntry state = ledger.latest().orElseThrow();
    List<Map<String, Object>> predictions = new ArrayList<>();
    for (SampleRow sample : samples.of(state.champion())) {
      predictions.add(
          Map.of("id", "1", "score", state.number() == lies ? 2.0f : sample.score(), "label", 1));
    }
    meanwhile.run();
    meanwhile = () -> {};
    answer(
        exchange,
        Map.of(
            "model",
            ledger.name() + "@" + state.champion().digest().abbreviated(12),
            "predictions",
            predictions));
  }

  private static void answer(HttpExchange exchange, Object body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = CanonicalJson.bytes(body);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
