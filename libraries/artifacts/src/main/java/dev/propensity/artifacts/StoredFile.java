package dev.propensity.artifacts;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ObjectStore;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Copies of objects that are not files of artifacts. */
public final class StoredFile {
  private StoredFile() {}

  /**
   * Copies an object into a file, which may exist.
   *
   * @return its digest; empty where it was deleted since it was listed
   */
  public static Optional<Digest> fetch(ObjectStore objects, S3Location location, Path file)
      throws IOException {
    MessageDigest digest = Digest.sha256();
    try (InputStream in = objects.open(location);
        OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      in.transferTo(out);
    } catch (UserException e) {
      if (objects.length(location).isPresent()) {
        throw e;
      }
      return Optional.empty();
    }
    return Optional.of(Digest.finished(digest));
  }
}
