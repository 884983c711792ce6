package dev.propensity.endpoint.server;

import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.EndpointState;
import dev.propensity.endpoint.RejectionBody;
import dev.propensity.endpoint.RowsRejectedException;
import dev.propensity.endpoint.ScoringResponse;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.tracking.LedgerEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The project's own server, as HTTP clients see it. */
public final class ServerEndpoint implements Endpoint {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int CONNECT_MILLISECONDS = 2_000;
  private static final int READ_MILLISECONDS = 30_000;

  private final URI address;
  private final String key;
  private final boolean probing;

  /**
   * @param keys those that the server may require, separated by commas, of which the first is sent;
   *     empty where none is required
   */
  public ServerEndpoint(URI address, String keys) {
    this(address, keys.split(",", 2)[0].strip(), false);
  }

  private ServerEndpoint(URI address, String key, boolean probing) {
    this.address = address;
    this.key = key;
    this.probing = probing;
  }

  @Override
  public Endpoint probing() {
    return new ServerEndpoint(address, key, true);
  }

  @Override
  public EndpointState state() {
    URI uri = uri("/api/v1/model");
    Reply reply = exchange(uri, null, null);
    if (reply.status() != 200 && reply.status() != 503) {
      throw new UserException(uri + " returned " + reply.status() + ": is this an endpoint?");
    }
    try {
      return CanonicalJson.read(reply.body(), EndpointState.class, uri.toString());
    } catch (UserException e) {
      if (reply.status() == 503) { // a proxy before a server that is down
        throw new UnavailableException(uri + " returned 503", e);
      }
      throw e;
    }
  }

  /** The server follows the ledger by itself: nothing to do. */
  @Override
  public EndpointState deploy(LedgerEntry entry, Duration timeout) {
    return state();
  }

  @Override
  public boolean followsByItself() {
    return true;
  }

  @Override
  public Duration defaultTimeout() {
    return TIMEOUT;
  }

  @Override
  public ScoringResponse send(byte[] rows, String contentType) {
    URI uri = uri("/invocations");
    Reply reply = exchange(uri, rows, contentType);
    if (reply.status() == 200) {
      return CanonicalJson.read(reply.body(), ScoringResponse.class, uri.toString());
    }
    if (RowsRejectedException.isRejection(reply.status())) {
      throw RowsRejectedException.of(uri.toString(), reply.status(), reply.body());
    }
    String body = new String(reply.body(), StandardCharsets.UTF_8).strip();
    String message =
        uri + " returned " + reply.status() + ": " + RejectionBody.parse(body).detail();
    if (reply.status() >= 500 || reply.status() == 408 || reply.status() == 429) {
      throw new UnavailableException(message);
    }
    throw new UserException(message);
  }

  @Override
  public void close() {} // each request closes what it opened

  @Override
  public Optional<URI> page() {
    return Optional.of(address);
  }

  @Override
  public String toString() {
    return address.toString();
  }

  private record Reply(int status, byte[] body) {}

  private URI uri(String path) {
    return URI.create(address + path);
  }

  private Reply exchange(URI uri, byte @Nullable [] body, @Nullable String contentType) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(CONNECT_MILLISECONDS);
      connection.setReadTimeout(READ_MILLISECONDS);
      if (!key.isEmpty()) {
        connection.setRequestProperty("X-API-Key", key);
      }
      if (probing) {
        connection.setRequestProperty("Propensity-Purpose", "probe");
      }
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", contentType);
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
