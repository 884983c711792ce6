package dev.propensity.tasks.download;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads one file from a web server. After a broken connection it resumes if the server confirms
 * that the file is unchanged, else it starts again; a few times.
 */
final class HttpFile {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFile.class);
  private static final int ATTEMPTS = 5;
  private static final int REDIRECTS = 5;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 60_000;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI uri;
  private final Optional<String> authorization;
  private final String what;
  private final Map<Integer, String> meanings;

  /**
   * @param authorization the header's value, for the server of {@code uri} alone
   * @param what the source, for errors
   * @param meanings what an error status means, after {@code what}
   */
  HttpFile(URI uri, Optional<String> authorization, String what, Map<Integer, String> meanings) {
    this.uri = uri;
    this.authorization = authorization;
    this.what = what;
    this.meanings = meanings;
  }

  /** Rejects an address that is not encrypted, unless it is local. */
  static void requireSafe(URI uri, String what) {
    String host = uri.getHost();
    boolean safe =
        "https".equals(uri.getScheme())
            || "http".equals(uri.getScheme()) && LOOPBACK.contains(host);
    if (host == null || !safe) {
      throw new UserException("'" + what + "' is not an https:// address");
    }
  }

  /** Downloads the file and checks its length, and its digest if the server sends one. */
  Path fetch(Path file, Limits limits) throws IOException {
    HttpTransfer transfer = new HttpTransfer(file, what, limits);
    for (int attempt = 1; ; attempt++) {
      try {
        transfer.take(answer(transfer));
        return file;
      } catch (SSLHandshakeException e) {
        throw new UserException(what + " is not trusted: " + e.getMessage(), e);
      } catch (IOException e) {
        if (isOurs(e)) {
          throw e;
        }
        if (attempt == ATTEMPTS) {
          throw new UnavailableException(what + " could not be downloaded: " + reason(e), e);
        }
        LOG.warn("{}: {}; retrying", what, reason(e));
        pause(attempt);
      }
    }
  }

  /** Whether the local disk failed. */
  private static boolean isOurs(IOException e) {
    return e instanceof FileSystemException
        || String.valueOf(e.getMessage()).contains("No space left");
  }

  private static @Nullable String reason(IOException e) {
    return e instanceof UnknownHostException ? "no host " + e.getMessage() : e.getMessage();
  }

  private void pause(int attempt) {
    try {
      Thread.sleep(FIRST_PAUSE_MILLIS << attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(what + " was interrupted", e);
    }
  }

  private HttpURLConnection answer(HttpTransfer transfer) throws IOException {
    URI at = uri;
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(SILENCE_MILLIS);
      connection.setRequestProperty("User-Agent", "propensity");
      if (isSameServer(at)) {
        authorization.ifPresent(value -> connection.setRequestProperty("Authorization", value));
      }
      transfer.resumption().forEach(connection::setRequestProperty);
      int status = connection.getResponseCode();
      if (status == 200 || status == 206 || status == 416) {
        return connection;
      }
      if (status < 300 || status >= 400 || connection.getHeaderField("Location") == null) {
        throw failure(status, connection);
      }
      URI next = at.resolve(connection.getHeaderField("Location"));
      requireSafe(next, what + " redirects to " + next.getScheme() + "://" + next.getHost());
      connection.disconnect();
      at = next;
    }
    throw new UserException(what + " redirects more than " + REDIRECTS + " times");
  }

  private boolean isSameServer(URI other) {
    return uri.getScheme().equals(other.getScheme())
        && uri.getHost().equals(other.getHost())
        && uri.getPort() == other.getPort();
  }

  private RuntimeException failure(int status, HttpURLConnection connection) throws IOException {
    String wait = connection.getHeaderField("Retry-After");
    connection.disconnect();
    if (status == 429) {
      return new UnavailableException(
          what + " is rate-limited (429)" + (wait == null ? "" : ", Retry-After: " + wait));
    }
    if (status == 408 || status >= 500) {
      throw new IOException("the server returned status " + status);
    }
    String meaning = meanings.getOrDefault(status, "cannot be downloaded");
    return new UserException(what + " " + meaning + " (" + status + ")");
  }
}
