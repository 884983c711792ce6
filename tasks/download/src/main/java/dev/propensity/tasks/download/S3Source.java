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

  /** The files of a table in several, which has no object of its own name; else empty. */
  private List<StoredObject> parts() {
    if (environment.objects().length(object).isPresent()) {
      return List.of();
    }
    List<StoredObject> parts =
        environment.objects().objects(prefix(), Optional.empty()).stream()
            .filter(part -> !ParquetTable.isMetadata(name(part)))
            .toList();
    parts.forEach(part -> ParquetTable.requirePart(toString(), name(part)));
    return parts;
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
