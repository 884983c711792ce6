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
  private static final String FILE = ".yaml";

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

  /**
   * Rejects a name that differs from that of another dataset only in {@code -} and {@code _}: they
   * would share the endpoint on AWS, whose name has no {@code _}, and the variable with its
   * address, whose name has no {@code -}.
   *
   * @param datasets the folder of their files; may be missing
   */
  void requireDistinct(Path datasets) {
    String[] files = datasets.toFile().list();
    for (String file : files == null ? new String[0] : files) {
      String other = file.endsWith(FILE) ? file.substring(0, file.length() - FILE.length()) : "";
      if (!other.equals(text) && hyphenated(other).equals(hyphenated(text))) {
        throw new UserException(
            String.format(
                "%s exists already: a dataset '%s' would share its endpoint on AWS and its variable"
                    + " ENDPOINT_URL_%s; choose another name with NAME=…",
                datasets.resolve(file), text, text.replace('-', '_').toUpperCase(Locale.ROOT)));
      }
    }
  }

  private static String hyphenated(String name) {
    return name.replace('_', '-');
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
    return cut.replaceAll("[_-]+$", "").replaceAll("-(synthetic|sample)$", "_$1");
  }
}
