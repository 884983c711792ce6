package dev.propensity.tasks.download;

import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A file on a web server. User names and passwords in its URL are sent as a header and never
 * logged.
 */
record HttpSource(URI uri) implements Source {

  static HttpSource parse(String text) {
    try {
      URI uri = new URI(text);
      HttpFile.requireSafe(uri, text);
      return new HttpSource(uri);
    } catch (URISyntaxException e) {
      throw new UserException("'" + text + "' is not a URL: " + e.getReason(), e);
    }
  }

  @Override
  public Path fetch(Path folder, Limits limits) throws IOException {
    Optional<String> authorization =
        Optional.ofNullable(uri.getUserInfo())
            .map(pair -> Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .map(encoded -> "Basic " + encoded);
    return new HttpFile(
            uri,
            authorization,
            toString(),
            Map.of(
                401, "requires valid credentials",
                403, "denies access",
                404, "does not exist",
                410, "no longer exists"))
        .fetch(folder.resolve("arrived"), limits);
  }

  /** The URL without parts that may be secret: user and query, as in signed URLs. */
  @Override
  public String toString() {
    return uri.getScheme()
        + "://"
        + uri.getHost()
        + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
        + uri.getRawPath();
  }
}
