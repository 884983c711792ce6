package dev.propensity.model.lightgbm;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Loads LightGBM's native library and leaves no file behind. The binding unpacks it into the
 * temporary folder under a fixed name, takes what lies there already, and never removes it: so it
 * gets a separate folder, which is deleted once the library is loaded.
 */
final class NativeLibrary {
  private static final String TEMPORARY = "java.io.tmpdir";

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads it, once.
   *
   * @throws IllegalStateException where it does not load
   */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    String usual = System.getProperty(TEMPORARY);
    try {
      Path folder = Files.createTempDirectory("lightgbm");
      System.setProperty(TEMPORARY, folder.toString());
      try {
        LGBMBooster.loadNative();
        loaded = LGBMBooster.isNativeLoaded();
      } finally {
        System.setProperty(TEMPORARY, usual);
        remove(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!loaded) {
      throw new IllegalStateException(
          "LightGBM's library cannot be loaded: it needs libgomp, and a temporary folder that"
              + " allows execution");
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
