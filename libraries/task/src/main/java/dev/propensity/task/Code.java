package dev.propensity.task;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The digest of the code that runs: one over all jars, which the build writes beside them as {@code
 * code.sha256}. Classes that run from elsewhere, as in tests, are "development".
 */
final class Code {
  private static final String DEVELOPMENT = "development";

  private Code() {}

  static Digest digest() {
    try {
      URI here = Code.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return digest(Path.of(here));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param origin the jar or folder of this class
   */
  static Digest digest(Path origin) {
    Path folder = origin.getParent();
    if (!Files.isRegularFile(origin) || folder == null || !folder.endsWith("lib")) {
      return Digest.of(DEVELOPMENT);
    }
    Path file = folder.resolveSibling("code.sha256");
    try {
      return new Digest(Files.readString(file).strip());
    } catch (java.nio.file.NoSuchFileException e) {
      throw new UserException("no " + file + ": build the jars with 'make build'", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
