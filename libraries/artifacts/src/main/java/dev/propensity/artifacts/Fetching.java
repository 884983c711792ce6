package dev.propensity.artifacts;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ObjectStore;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches objects that may have been deleted since they were listed. */
final class Fetching {
  private static final Logger LOG = LoggerFactory.getLogger(Fetching.class);
  private static final int BUFFER = 1 << 16;

  private Fetching() {}

  /** Copies an object and returns its digest; null where it was deleted. */
  static @Nullable Digest fetch(ObjectStore objects, S3Location location, OutputStream out)
      throws IOException {
    MessageDigest digest = Digest.sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = objects.open(location)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
      return Digest.finished(digest);
    } catch (UserException e) {
      if (objects.length(location).isPresent()) {
        throw e;
      }
      LOG.warn("{} was deleted meanwhile", location);
      return null;
    }
  }
}
