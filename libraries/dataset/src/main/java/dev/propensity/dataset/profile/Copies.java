package dev.propensity.dataset.profile;

import java.util.Locale;

/**
 * Test rows whose features occur outside the test split under another identifier, found to be
 * duplicates by {@link CopyCheck}.
 *
 * @param rows how many test rows are copies
 * @param of how many test rows there are
 * @param agreement how often copies have the same label beyond chance: 1 is always, 0 by chance
 */
public record Copies(long rows, long of, double agreement) {

  /** The sentence for readers. */
  public String warning() {
    return String.format(
        Locale.ROOT,
        "%,d of %,d test rows (%.1f%%) are copies: rows outside the test split have the same features"
            + " and label under another identifier, so a model can memorize them; remove the"
            + " duplicates, or set split.duplicates to together. Until then, the release is decided"
            + " on the other test rows",
        rows,
        of,
        100.0 * rows / of);
  }
}
