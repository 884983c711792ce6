package dev.propensity.tasks.download;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.Origin;
import dev.propensity.task.TaskEnvironment;
import java.io.IOException;
import java.nio.file.Path;

/** Where a table comes from. Its text is what people wrote, without credentials. */
interface Source {

  /** Brings the table, as it came, into a file: a new one in this folder, or where it lies. */
  Path fetch(Path folder, Limits limits) throws IOException;

  /** Whether its rows are real. */
  default Origin origin() {
    return Origin.REAL;
  }

  /**
   * Parses what {@code --source} says.
   *
   * @throws UserException if it is none of the known kinds
   */
  static Source parse(String text, DatasetSpec spec, TaskEnvironment environment) {
    int colon = text.indexOf(':');
    String scheme = colon < 0 ? "" : text.substring(0, colon);
    return switch (scheme) {
      case "https", "http" -> HttpSource.parse(text);
      case "kaggle" -> KaggleSource.parse(text, environment);
      case "sample" -> SampleSource.parse(text, spec);
      case "s3" -> S3Source.parse(text, environment);
      case "" -> new FileSource(text);
      default -> {
        if (scheme.length() > 1 && !scheme.contains("/")) {
          throw new UserException(
              "the source '"
                  + text
                  + "' is of no known kind: kaggle:owner/dataset/file, https://…, s3://bucket/key,"
                  + " a path, or sample:rows");
        }
        yield new FileSource(text);
      }
    };
  }
}
