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

/** A file on a web server. Names and passwords before its host go into a header, and no log. */
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
                401, "needs credentials, or other ones",
                403, "denies access",
                404, "is not there",
                410, "is not there any more"))
        .fetch(folder.resolve("arrived"), limits);
  }

  /** The address without what may be secret in it: user and query, as of signed links. */
  @Override
  public String toString() {
    return uri.getScheme()
        + "://"
        + uri.getHost()
        + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
        + uri.getRawPath();
  }
}
