package dev.propensity.tasks.serve.http;

import dev.propensity.foundation.UserException;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The backup server, and the origins whose pages may call this server.
 *
 * @param backup the origin that the page calls when this server does not respond; null for none
 * @param origins whose pages may call this server from a browser
 */
public record PeerSettings(@Nullable String backup, Set<String> origins) {
  public PeerSettings {
    backup = backup == null ? null : origin("--backup", backup);
    origins =
        origins.stream()
            .map(text -> origin("--allow-origin", text))
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** No peers. */
  public static PeerSettings none() {
    return new PeerSettings(null, Set.of());
  }

  /**
   * @param backup null or empty for none
   * @param origins separated by commas; null or empty for none
   * @throws UserException if one is not an origin
   */
  public static PeerSettings of(String backup, String origins) {
    return new PeerSettings(
        backup == null || backup.isBlank() ? null : backup,
        Arrays.stream(origins == null ? new String[0] : origins.split(","))
            .filter(text -> !text.isBlank())
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  // Both are sent in headers, so only scheme, host and port are allowed.
  private static String origin(String option, String text) {
    String trimmed = text.strip().replaceAll("/$", "");
    if (!trimmed.matches("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?")) {
      throw new UserException(
          option + " must be like http://host:8081, without a path, not " + text);
    }
    return URI.create(trimmed).toString();
  }
}
