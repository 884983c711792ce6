package dev.propensity.tasks.download;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.storage.S3Location;
import dev.propensity.task.TaskEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An S3 object, in the store's own S3. */
record S3Source(S3Location object, TaskEnvironment environment) implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(S3Source.class);
  private static final int ATTEMPTS = 3;

  static S3Source parse(String uri, TaskEnvironment environment) {
    return new S3Source(S3Location.parseObject(uri), environment);
  }

  @Override
  public Path fetch(Path folder, Limits limits) throws IOException {
    Path file = folder.resolve("arrived");
    for (int attempt = 1; ; attempt++) {
      try (InputStream in = environment.objects().open(object)) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
      } catch (UnavailableException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LOG.warn("{}; restarting the download", e.getMessage());
      }
    }
  }

  @Override
  public String toString() {
    return object.toString();
  }
}
