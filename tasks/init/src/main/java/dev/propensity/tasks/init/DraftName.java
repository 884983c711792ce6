package dev.propensity.tasks.init;

import dev.propensity.foundation.UserException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A dataset's name: lower-case letters, digits, - and _, a letter first. */
record DraftName(String text) {
  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_-]{0,40}");
  private static final Pattern RESERVED = Pattern.compile(".*-(synthetic|sample)");
  private static final int LONGEST = 41;

  /**
   * The given name, or one made of the file's.
   *
   * @throws UserException if the given name is invalid, or the file's has no letter
   */
  static DraftName of(@Nullable String given, Path file) {
    if (given != null && !given.isBlank()) {
      requireValid(given, "NAME=" + given);
      return new DraftName(given);
    }
    String name = fromFile(String.valueOf(file.getFileName()));
    requireValid(name, "the file's name gives no name for the dataset: set NAME=…; it");
    return new DraftName(name);
  }

  private static void requireValid(String name, String what) {
    if (!VALID.matcher(name).matches() || RESERVED.matcher(name).matches()) {
      throw new UserException(
          what
              + " must have lower-case letters, digits, '-' and '_' only, at most "
              + LONGEST
              + ", a letter first, and not end in -synthetic or -sample");
    }
  }

  private static String fromFile(String file) {
    String stem = file.replaceAll("(?i)(\\.(csv|tsv|txt|gz|zip|parquet))+$", "");
    String ascii =
        Normalizer.normalize(stem, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .replace("ß", "ss")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_]+", "-")
            .replaceAll("^[^a-z]+", "");
    String cut = ascii.substring(0, Math.min(LONGEST, ascii.length()));
    return cut.replaceAll("-+$", "").replaceAll("-(synthetic|sample)$", "_$1");
  }
}
