package dev.propensity.tasks.download;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.Origin;
import dev.propensity.task.TaskEnvironment;
import java.io.IOException;
import java.nio.file.Path;

/** Where a table comes from. Its text is the configured value without credentials. */
interface Source {

  /** Downloads the table unchanged into a new file in this folder, or returns the local file. */
  Path fetch(Path folder, Limits limits) throws IOException;

  /** Whether its rows are real. */
  default Origin origin() {
    return Origin.REAL;
  }

  /**
   * Parses {@code --source}.
   *
   * @throws UserException if its kind is unknown
   */
  static Source parse(String text, DatasetSpec spec, TaskEnvironment environment) {
    int colon = text.indexOf(':');
    String scheme = colon < 0 ? "" : text.substring(0, colon);
    return switch (scheme) {
      case "https", "http" -> HttpSource.parse(text);
      case "kaggle" -> KaggleSource.parse(text, environment);

      case "s3" -> S3Source.parse(text, environment);
      case "synthetic", "sample" -> SyntheticSource.parse(text, spec);
      case "" -> new FileSource(text);
      default -> {
        if (scheme.length() > 1 && !scheme.contains("/")) {
          throw new UserException(
              "the source '"
                  + text
                  + "' is not supported: use kaggle:owner/dataset/file, https://…, s3://bucket/key,"
                  + " a path, or synthetic:ROWS");
        }
        yield new FileSource(text);
      }
    };
  }
}
