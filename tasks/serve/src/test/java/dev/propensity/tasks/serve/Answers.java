package dev.propensity.tasks.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** An HTTP client of one server, for tests. */
public final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  public Answers(int port) {
    this.port = port;
  }

  public String address() {
    return "http://127.0.0.1:" + port;
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofSeconds(30));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  public HttpResponse<String> post(String type, String body)
      throws IOException, InterruptedException {
    return send(
        request("/invocations")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> csv(String body) throws IOException, InterruptedException {
    return post("text/csv", body);
  }

  public HttpResponse<String> json(String body) throws IOException, InterruptedException {
    return post("application/json", body);
  }

  public static JsonNode tree(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }
}
