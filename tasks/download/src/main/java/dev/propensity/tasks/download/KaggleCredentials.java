package dev.propensity.tasks.download;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.task.TaskEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** A Kaggle user's name and key. */
record KaggleCredentials(String user, String key) {

  /**
   * Reads them from where Kaggle's own tool does: in {@code KAGGLE_USERNAME} and {@code
   * KAGGLE_KEY}, else in {@code .kaggle/kaggle.json} of this folder or the home folder.
   *
   * @throws UserException if there are none
   */
  static KaggleCredentials find(TaskEnvironment environment) {
    var user = environment.get("KAGGLE_USERNAME");
    var key = environment.get("KAGGLE_KEY");
    if (user.isPresent() && key.isPresent()) {
      return new KaggleCredentials(user.get(), key.get());
    }
    String home = environment.get("HOME").orElse(System.getProperty("user.home"));
    for (Path folder : List.of(Path.of(""), Path.of(home))) {
      Path file = folder.resolve(".kaggle").resolve("kaggle.json");
      if (Files.isReadable(file)) {
        return read(file);
      }
    }
    throw new UserException(
        "no Kaggle credentials: set KAGGLE_USERNAME and KAGGLE_KEY, or save the token of kaggle.com"
            + " (Settings, API) as ~/.kaggle/kaggle.json; or pass a file of your own with"
            + " --source");
  }

  /** The header's value for the API. */
  String authorization() {
    return "Basic "
        + Base64.getEncoder().encodeToString((user + ":" + key).getBytes(StandardCharsets.UTF_8));
  }

  private static KaggleCredentials read(Path file) {
    try {
      JsonNode json = CanonicalJson.mapper().readTree(Files.readAllBytes(file));
      if (json.hasNonNull("username") && json.hasNonNull("key")) {
        return new KaggleCredentials(json.get("username").asText(), json.get("key").asText());
      }
    } catch (IOException e) {
      throw new UserException(file + " is not a Kaggle token", e);
    }
    throw new UserException(file + " is not a Kaggle token: it has no username or no key");
  }

  @Override
  public String toString() {
    return user;
  }
}
