package dev.propensity.dataset.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Test rows whose features occur outside the test split under another identifier: duplicates, or a
 * coincidence, as {@link CopyCheck} judges by their labels.
 *
 * @param rows how many test rows are copies
 * @param of how many test rows there are
 * @param agreement how often copies have the same label beyond chance: 1 is always, 0 by chance;
 *     null where too few rows of equal features are compared
 * @param coincidence whether the labels do not show that they are duplicates
 * @param grouped whether the rows are split by a group
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Copies(
    long rows,
    long of,
    @Nullable Double agreement,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean coincidence,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean grouped) {

  /** What is reported of a coincidence. */
  String note() {
    return String.format(
        Locale.ROOT,
        "%,d of %,d test rows (%.1f%%) have the features of rows outside the test split. By their"
            + " labels, this is a coincidence.",
        rows,
        of,
        100.0 * rows / of);
  }

  /** The sentence for readers; null for a coincidence. */
  public @Nullable String warning() {
    if (coincidence) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "%,d of %,d test rows (%.1f%%) are copies: rows outside the test split have the same features"
            + " and label under another identifier, so a model can memorize them; remove the"
            + " duplicates%s. Until then, %s",
        rows,
        of,
        100.0 * rows / of,
        grouped ? "" : ", or set split.duplicates to together",
        rows == of
            ? "no model is released automatically"
            : "the release is decided on the other test rows");
  }
}
