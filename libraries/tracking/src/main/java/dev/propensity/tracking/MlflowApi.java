package dev.propensity.tracking;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;

/**
 * MLflow's REST API. JSON goes through mlflow-client, which has no calls for deleting an alias and
 * for uploading: those go over Java's own client.
 *
 * <p>mlflow-client retries every rejected request twice, including creations: callers must check
 * afterwards which resources exist.
 */
final class MlflowApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MlflowAddress address;
  private @Nullable MlflowClient client;
  private @Nullable MlflowHttp http;

  MlflowApi(MlflowAddress address) {
    this.address = address;
  }

  /** The server's address, without a slash at the end. */
  String uri() {
    return address.uri();
  }

  /** Sends a GET request. {@code query} has names and values in turn. */
  JsonNode get(String path, String... query) {
    StringJoiner pairs = new StringJoiner("&", path + "?", "");
    for (int i = 0; i < query.length; i += 2) {
      pairs.add(query[i] + "=" + URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8));
    }
    return call(() -> client().sendGet(pairs.toString()));
  }

  /** Sends a POST request. */
  JsonNode post(String path, Map<String, ?> body) {
    return call(() -> client().sendPost(path, text(body)));
  }

  /** Sends a DELETE request. */
  void delete(String path, Map<String, ?> body) {
    http().send("DELETE", "/api/2.0/mlflow/" + path, BodyPublishers.ofString(text(body)));
  }

  /**
   * Uploads a file.
   *
   * @param path below the server's artifacts, each part percent-encoded
   */
  void upload(String path, Path file) throws IOException {
    BodyPublisher body = BodyPublishers.ofFile(file);
    http()
        .send(
            "PUT",
            "/api/2.0/mlflow-artifacts/artifacts/" + path,
            body.contentLength() == 0 ? BodyPublishers.noBody() : body);
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }

  private MlflowClient client() {
    if (client == null) {
      client = new MlflowClient(address.credentials());
    }
    return client;
  }

  private MlflowHttp http() {
    if (http == null) {
      http = new MlflowHttp(address);
    }
    return http;
  }

  private static String text(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private interface Call {
    String send();
  }

  private JsonNode call(Call call) {
    String answer;
    try {
      answer = call.send();
    } catch (MlflowHttpException e) {
      throw address.failure(e.getStatusCode(), e.getBodyMessage());
    } catch (MlflowClientException e) {
      throw address.unreachable(e);
    }
    try {
      return JSON.readTree(answer);
    } catch (JacksonException e) {
      throw new UserException(address + " is not an MLflow server", e);
    }
  }
}
