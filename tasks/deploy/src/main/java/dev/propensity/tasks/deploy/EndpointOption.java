package dev.propensity.tasks.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code --endpoint}: one URL, or a JSON object of URLs by the names of data sets. */
final class EndpointOption {
  private EndpointOption() {}

  /**
   * The endpoint of this name.
   *
   * @throws UserException if the text is neither, or names no endpoint for this name
   */
  static URI of(String text, String name) {
    if (!text.strip().startsWith("{")) {
      return url(text.strip());
    }
    JsonNode urls =
        CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class, "--endpoint");
    if (!urls.path(name).isTextual()) {
      List<String> names = new ArrayList<>();
      urls.fieldNames().forEachRemaining(names::add);
      throw new UserException(
          "--endpoint has no URL for "
              + name
              + (names.isEmpty() ? "; it is empty" : "; it has " + String.join(", ", names)));
    }
    return url(urls.get(name).textValue());
  }

  private static URI url(String text) {
    try {
      URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new UserException("'" + text + "' is not a URL: " + e.getReason(), e);
    }
    throw new UserException("'" + text + "' is not an endpoint's URL: write http://host:port");
  }
}
