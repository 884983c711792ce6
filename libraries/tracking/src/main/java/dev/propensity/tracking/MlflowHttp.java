package dev.propensity.tracking;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The requests that mlflow-client cannot make. */
final class MlflowHttp {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(5);

  private final MlflowAddress address;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  MlflowHttp(MlflowAddress address) {
    this.address = address;
  }

  void send(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.uri() + path))
            .timeout(ANSWER)
            .method(method, body)
            .header(
                "Content-Type",
                method.equals("PUT") ? "application/octet-stream" : "application/json");
    address.authorization().ifPresent(value -> request.header("Authorization", value));
    HttpResponse<String> answer;
    try {
      answer = client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw address.unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw address.unreachable(e);
    }
    if (answer.statusCode() >= 300) {
      throw address.failure(answer.statusCode(), answer.body());
    }
  }
}
