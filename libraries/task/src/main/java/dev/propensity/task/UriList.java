package dev.propensity.task;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.S3Location;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** An option that lists artifacts. */
public final class UriList {
  private UriList() {}

  /**
   * Reads a JSON list of URIs.
   *
   * @param option its name, for errors
   * @throws UserException if it is none, is empty, or names one twice
   */
  public static List<S3Location> parse(String option, String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    String[] uris = CanonicalJson.read(text, String[].class, option);
    if (uris == null || uris.length == 0 || Arrays.stream(uris).anyMatch(Objects::isNull)) {
      throw new UserException(option + " must list at least one URI: [\"s3://…\", …]");
    }
    List<S3Location> locations = Arrays.stream(uris).map(S3Location::parse).toList();
    HashSet<S3Location> seen = new HashSet<>();
    for (S3Location location : locations) {
      if (!seen.add(location)) {
        throw new UserException(option + " names " + location + " twice");
      }
    }
    return locations;
  }
}
