package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.HashSplit;
import java.util.OptionalLong;

/** The next seed that suffices, or how many rows are missing. */
final class SeedAdvice implements SplitAdvice {
  private final HashSplit rule;
  private final DatasetSpec.Label label;
  private final SeedSearch search;
  private final long[] rows = new long[2]; // by label

  SeedAdvice(HashSplit rule, DatasetSpec.Label label) {
    this.rule = rule;
    this.label = label;
    this.search = new SeedSearch(rule);
  }

  @Override
  public void add(byte[] key, int from, int length, byte label) {
    rows[label]++;
    search.add(key, from, length, label);
  }

  @Override
  public String forSplits() {
    return advice(0, "each split");
  }

  @Override
  public String forFolds(int folds) {
    return advice(folds, "each split and each of " + folds + " folds");
  }

  private String advice(int folds, String gets) {
    int scarce = rows[0] < rows[1] ? 0 : 1;
    String word = scarce == 1 ? label.positive() : label.negative();
    long needed = needed(folds);
    if (rows[scarce] < needed) {
      return String.format(
          "no seed changes that:%s at least %d rows with %s '%s' are needed, %d more",
          folds == 0 ? "" : " for " + folds + " folds,",
          needed,
          label.column(),
          word,
          needed - rows[scarce]);
    }
    OptionalLong seed = search.next(folds);
    if (seed.isPresent()) {
      return String.format(
          "seed %d gives %s both labels: set split.seed: %d",
          seed.getAsLong(), gets, seed.getAsLong());
    }
    return String.format(
        "none of the next %,d seeds gives %s both labels: more rows with %s '%s' are needed%s",
        SeedSearch.SEEDS,
        gets,
        label.column(),
        word,
        rule.group() == null ? "" : ", in more groups of " + rule.group());
  }

  /** The fewest rows of a label in all. */
  private static long needed(int folds) {
    long outsideTest =
        Math.max(
            Split.TRAIN.minimumRows() + Split.VALIDATION.minimumRows(),
            (long) folds * Split.VALIDATION.minimumRows());
    return outsideTest + Split.TEST.minimumRows();
  }
}
