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
  public String forSplits(int folds) {
    int scarce = rows[0] < rows[1] ? 0 : 1;
    long needed = SeedSearch.needed(folds);
    String forFolds = folds == 0 ? "" : " for " + folds + " folds,";
    if (rows[scarce] < needed) {
      return String.format(
          "no seed changes that:%s at least %d rows with %s are needed, %d more",
          forFolds, needed, value(scarce), needed - rows[scarce]);
    }
    for (int of : new int[] {scarce, 1 - scarce}) {
      if (search.usable(of) < needed) {
        return "no seed changes that:" + forFolds + more(of);
      }
    }
    if (folds == 0) {
      OptionalLong forAll = search.next(SeedSearch.USUAL_FOLDS);
      if (forAll.isPresent()) {
        return set(forAll.getAsLong(), gets(SeedSearch.USUAL_FOLDS));
      }
    }
    OptionalLong seed = search.next(folds);
    return seed.isPresent()
        ? set(seed.getAsLong(), gets(folds))
        : String.format(
            "none of the next %,d seeds gives %s both labels:%s",
            search.tried(), gets(folds), more(scarce));
  }

  private static String gets(int folds) {
    return folds == 0 ? "each split" : "each split and each of " + folds + " folds";
  }

  private static String set(long seed, String gets) {
    return String.format("seed %d gives %s both labels: set split.seed: %d", seed, gets, seed);
  }

  @Override
  public String forFolds(int folds) {
    return forSplits(folds);
  }

  private String more(int scarce) {
    String where =
        rule.group() != null
            ? ", in more groups of " + rule.group()
            : rule.duplicates() != null ? ", with other features" : "";
    return " more rows with " + value(scarce) + " are needed" + where;
  }

  private String value(int of) {
    return label.column() + " '" + (of == 1 ? label.positive() : label.negative()) + "'";
  }
}
