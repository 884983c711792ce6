package dev.propensity.tasks.download;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.parquet.ParquetTable;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.StoredObject;
import dev.propensity.task.TaskEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An S3 object, or a prefix of Parquet files, in the store's own S3. */
record S3Source(S3Location object, TaskEnvironment environment) implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(S3Source.class);
  private static final int ATTEMPTS = 3;

  static S3Source parse(String uri, TaskEnvironment environment) {
    return new S3Source(S3Location.parseObject(uri), environment);
  }

  @Override
  public Path fetch(Path folder, Limits limits) throws IOException {
    Path arrived = folder.resolve("arrived");
    List<StoredObject> parts = parts();
    if (parts.isEmpty()) {
      copy(object, arrived);
      return arrived;
    }
    limits.check(parts.stream().mapToLong(StoredObject::bytes).sum(), toString());
    Files.createDirectory(arrived);
    for (StoredObject part : parts) {
      copy(part.location(), arrived.resolve(name(part)));
    }
    return arrived;
  }

  /**
   * The files of a table in several; empty where there is an object of its own name. An empty one,
   * or one whose key ends in a slash, only marks a folder, as S3's console creates them.
   */
  private List<StoredObject> parts() {
    long length = environment.objects().length(object).orElse(0L);
    if (length > 0 && !object.key().endsWith("/")) {
      return List.of();
    }
    return environment.objects().objects(prefix(), Optional.empty()).stream()
        .filter(part -> ParquetTable.isPart(toString(), name(part)))
        .toList();
  }

  private S3Location prefix() {
    return new S3Location(object.bucket(), object.key().replaceFirst("/$", ""));
  }

  /** The object's key below the prefix. */
  private String name(StoredObject part) {
    return part.location().key().substring(prefix().key().length() + 1);
  }

  private void copy(S3Location from, Path file) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (InputStream in = environment.objects().open(from)) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        return;
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
