package dev.propensity.storage;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * The origin of rows. It is inherited: all that is computed from synthetic rows is synthetic, too.
 *
 * <p>Earlier versions wrote {@code sample} where {@code synthetic} is written now, in manifests and
 * at the end of names. Both are read.
 */
public enum Origin {
  /** Real rows. */
  @JsonProperty("real")
  REAL("real"),
  /** Rows generated from the dataset's specification. */
  @JsonProperty("synthetic")
  @JsonAlias("sample")
  SYNTHETIC("sample");

  private static final String SUFFIX = "-synthetic";
  private static final String FORMER_SUFFIX = "-sample";

  private final String inKeys;

  Origin(String inKeys) {
    this.inKeys = inKeys;
  }

  /**
   * The name of artifacts, releases and endpoints of this origin: the dataset's own, or {@code
   * <dataset>-synthetic}.
   */
  public String nameOf(String dataset) {
    return this == REAL ? dataset : dataset + SUFFIX;
  }

  /** The current form of a name: {@code insurance-synthetic} for {@code insurance-sample}. */
  public static String currentName(String name) {
    return name.endsWith(FORMER_SUFFIX)
        ? SYNTHETIC.nameOf(name.substring(0, name.length() - FORMER_SUFFIX.length()))
        : name;
  }

  /** The name that earlier versions wrote, where it differs. */
  public static Optional<String> formerName(String name) {
    return isSynthetic(name)
        ? Optional.of(name.substring(0, name.length() - SUFFIX.length()) + FORMER_SUFFIX)
        : Optional.empty();
  }

  /** The origin in the name of a dataset with its origin. */
  public static Origin ofName(String name) {
    return isSynthetic(currentName(name)) ? SYNTHETIC : REAL;
  }

  private static boolean isSynthetic(String name) {
    return name.endsWith(SUFFIX);
  }

  /** The word in artifact keys, unchanged since the first version. */
  String inKeys() {
    return inKeys;
  }

  @Override
  public String toString() {
    return this == REAL ? "real" : "synthetic";
  }
}
