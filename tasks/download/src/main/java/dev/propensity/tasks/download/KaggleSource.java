package dev.propensity.tasks.download;

import dev.propensity.foundation.UserException;
import dev.propensity.task.TaskEnvironment;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file of a Kaggle dataset, {@code kaggle:owner/dataset/file}, or of a competition, {@code
 * kaggle:competitions/competition/file}.
 *
 * @param group the owner, or {@code competitions}
 */
record KaggleSource(String group, String dataset, String file, TaskEnvironment environment)
    implements Source {
  private static final String SCHEME = "kaggle:";
  private static final String COMPETITIONS = "competitions";
  private static final String API = "https://www.kaggle.com/api/v1";

  static KaggleSource parse(String text, TaskEnvironment environment) {
    String[] parts = text.substring(SCHEME.length()).split("/", 3);
    if (parts.length < 3 || Arrays.stream(parts).anyMatch(String::isBlank)) {
      throw new UserException(
          "'"
              + text
              + "' is not kaggle:owner/dataset/file or kaggle:competitions/competition/file");
    }
    return new KaggleSource(parts[0], parts[1], parts[2], environment);
  }

  @Override
  public Path fetch(Path folder, Limits limits) throws IOException {
    KaggleCredentials credentials = KaggleCredentials.find(environment);
    boolean competition = group.equals(COMPETITIONS);
    String path =
        competition
            ? "/competitions/data/download/" + encoded(dataset)
            : "/datasets/download/" + encoded(group) + "/" + encoded(dataset);
    URI uri =
        URI.create(environment.get("KAGGLE_API_URL").orElse(API) + path + "/" + encoded(file));
    HttpFile.requireSafe(uri, uri.toString());
    String page =
        "https://www.kaggle.com/"
            + (competition ? COMPETITIONS : "datasets/" + group)
            + "/"
            + dataset;
    return new HttpFile(
            uri,
            Optional.of(credentials.authorization()),
            toString(),
            Map.of(
                401,
                "was rejected: Kaggle does not accept the credentials; create a new token on"
                    + " kaggle.com, Settings, API",
                403,
                competition
                    ? "was rejected: accept the competition's rules on "
                        + page
                        + "/rules, logged in"
                    : "was rejected: open " + page + ", log in and accept the rules",
                404,
                "does not exist: see the files on " + page))
        .fetch(folder.resolve("arrived"), limits);
  }

  @Override
  public String toString() {
    return SCHEME + group + "/" + dataset + "/" + file;
  }

  private static String encoded(String path) {
    return Arrays.stream(path.split("/"))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}
