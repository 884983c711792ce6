package dev.propensity.task;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** Distinguishes a full disk from an internal error. Java has no specific exception for it. */
final class FullDisk {
  private static final String WORDS = "No space left on device";

  private FullDisk() {}

  /** Whether this failure came from a full disk. */
  static boolean isBehind(Throwable failure) {
    return source(failure) != null;
  }

  /** The file that could not be written, or where to look. */
  static String where(Throwable failure) {
    IOException source = source(failure);
    return source instanceof FileSystemException file && file.getFile() != null
        ? file.getFile()
        : "free some of " + System.getProperty("java.io.tmpdir");
  }

  private static @Nullable IOException source(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof IOException e && String.valueOf(e.getMessage()).contains(WORDS)) {
        return e;
      }
    }
    return null;
  }
}
