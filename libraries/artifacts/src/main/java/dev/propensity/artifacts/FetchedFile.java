package dev.propensity.artifacts;

import dev.propensity.foundation.Digest;
import dev.propensity.storage.ObjectStore;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file into which objects are fetched, one after another.
 *
 * @param path the file, of the last object
 */
public record FetchedFile(ObjectStore objects, Path path) {

  /** Fetches an object and returns its digest; null where it was deleted since it was listed. */
  public @Nullable Digest fetch(S3Location location) throws IOException {
    try (OutputStream out = Files.newOutputStream(path)) {
      return Fetching.fetch(objects, location, out);
    }
  }
}
