package dev.propensity.tasks.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/** Forwards requests to a server, and injects one fault into its responses: a test of the tests. */
final class FaultyRelay implements AutoCloseable {
  private static final Set<String> SET_BY_THE_CLIENT =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  /** The fault in a response. */
  enum Fault {
    /** Predictions have a key that is not in the contract. */
    ANOTHER_KEY {
      @Override
      String body(String body) {
        return body.replace("\"score\":", "\"probability\":0.5,\"score\":");
      }
    },
    /** Client errors are returned as server errors. */
    SERVER_ERROR {
      @Override
      int status(int status) {
        return status == 422 ? 500 : status;
      }
    },
    /** Invalid files are accepted. */
    SILENCE {
      @Override
      int status(int status) {
        return status == 422 ? 200 : status;
      }

      @Override
      String body(String body) {
        return body.contains("\"status\":422") ? "[]" : body;
      }

      @Override
      String type(String type) {
        return type.replace("application/problem+json", "application/json");
      }
    };

    int status(int status) {
      return status;
    }

    String body(String body) {
      return body;
    }

    String type(String type) {
      return type;
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpServer server;
  private final URI target;
  private final Fault fault;

  FaultyRelay(URI target, Fault fault) throws IOException {
    this.target = target;
    this.fault = fault;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::relay);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void relay(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpResponse<String> answer =
          client.send(request(exchange), HttpResponse.BodyHandlers.ofString());
      byte[] body = fault.body(answer.body()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().put(name, List.of(fault.type(values.get(0))));
                }
              });
      exchange.sendResponseHeaders(
          fault.status(answer.statusCode()), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(HttpExchange exchange) throws IOException {
    URI uri = URI.create(target + exchange.getRequestURI().toString());
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
