package dev.propensity.tasks.deploy;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Model.SampleRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;

/** The project's own server, as HTTP clients see it. */
final class Endpoint {
  private static final int CONNECT_MILLISECONDS = 2_000;
  private static final int READ_MILLISECONDS = 30_000;

  private final URI address;
  private final String key;

  /**
   * @param keys those that the server may demand, separated by commas, of which the first is shown;
   *     empty where it demands none
   */
  Endpoint(URI address, String keys) {
    this.address = address;
    this.key = keys.split(",", 2)[0].strip();
  }

  /**
   * What it says of itself.
   *
   * @throws UnavailableException if it cannot be reached
   * @throws UserException if something else answers there
   */
  EndpointState state() {
    URI uri = uri("/api/v1/model");
    Reply reply = exchange(uri, null);
    if (reply.status() != 200 && reply.status() != 503) {
      throw new UserException(uri + " answered " + reply.status() + ": is this an endpoint?");
    }
    try {
      return CanonicalJson.read(reply.body(), EndpointState.class, uri.toString());
    } catch (UserException e) {
      if (reply.status() == 503) { // a proxy before a server that is down
        throw new UnavailableException(uri + " answered 503", e);
      }
      throw e;
    }
  }

  /**
   * Scores rows.
   *
   * @throws UnavailableException if it cannot be reached or has no model
   * @throws UserException if it refuses these rows
   */
  Answered score(List<SampleRow> rows) {
    URI uri = uri("/invocations");
    Reply reply = exchange(uri, CanonicalJson.bytes(rows.stream().map(SampleRow::row).toList()));
    if (reply.status() == 200) {
      return CanonicalJson.read(reply.body(), Answered.class, uri.toString());
    }
    String said = new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8).strip();
    String told = uri + " answered " + reply.status() + ": " + said;
    if (reply.status() >= 500) {
      throw new UnavailableException(told);
    }
    throw new UserException(told);
  }

  @Override
  public String toString() {
    return address.toString();
  }

  private record Reply(int status, byte[] body) {}

  private URI uri(String path) {
    return URI.create(address + path);
  }

  private Reply exchange(URI uri, byte[] body) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(CONNECT_MILLISECONDS);
      connection.setReadTimeout(READ_MILLISECONDS);
      if (!key.isEmpty()) {
        connection.setRequestProperty("X-API-Key", key);
      }
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body);
        }
      }
      int status = connection.getResponseCode();
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        return new Reply(status, in == null ? new byte[0] : in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UnavailableException("cannot reach " + uri + ": " + e.getMessage(), e);
    }
  }
}
