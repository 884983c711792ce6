package dev.propensity.tasks.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An HTTP client of one server, for tests. */
public final class Responses {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The path for uploads. */
  public static final String UPLOAD = "/api/v1/classification/inference/uploadfile";

  static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  public Responses(int port) {
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
    return post(type, body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> post(String type, byte[] body)
      throws IOException, InterruptedException {
    return send(
        request("/invocations")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  public HttpResponse<String> csv(String body) throws IOException, InterruptedException {
    return post("text/csv", body);
  }

  public HttpResponse<String> csv(byte[] body) throws IOException, InterruptedException {
    return post("text/csv", body);
  }

  public HttpResponse<String> json(String body) throws IOException, InterruptedException {
    return post("application/json", body);
  }

  /** Uploads a file in a form as a browser does. */
  public HttpResponse<String> upload(byte[] file, String... headers)
      throws IOException, InterruptedException {
    return upload("", file, headers);
  }

  /**
   * @param query after the path: {@code ?identifier=row}
   * @param headers alternating names and values
   */
  public HttpResponse<String> upload(String query, byte[] file, String... headers)
      throws IOException, InterruptedException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"data_file\";")
            .getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(
        " filename=\"rows.csv\"\r\nContent-Type: text/csv\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(file);
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return form(query, "multipart/form-data; boundary=" + BOUNDARY, form.toByteArray(), headers);
  }

  /** Posts this body to the path for uploads. */
  public HttpResponse<String> form(String query, String type, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(UPLOAD + query)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  public static JsonNode tree(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }
}
