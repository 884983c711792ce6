package dev.propensity.dataset.split;

/**
 * The rows of each label, ordered by their hash, are assigned in turn: the first to fold 1, the
 * next to fold 2 and so on. So the folds follow from the identifiers, the labels and the split's
 * seed alone, and each has its share of each label, to one row. Rows of equal hash, a pair among
 * billions, go to one fold.
 */
record StratifiedFolds(Splitter splitter, int count, long[][] hashes) implements FoldPlan {
  // hashes: by label, rising, as unsigned numbers

  @Override
  public Split split(byte[] key, int from, int length, byte label, int fold) {
    long hash = splitter.hash(key, from, length);
    if (splitter.split(hash) == Split.TEST) {
      return Split.TEST;
    }
    boolean validates = HashList.rank(hashes[label], hash) % count + 1 == fold;
    return validates ? Split.VALIDATION : Split.TRAIN;
  }

  @Override
  public long rows(int fold, Split split, int label) {
    int all = hashes[label].length;
    int inFold = all / count + (fold <= all % count ? 1 : 0);
    return split == Split.VALIDATION ? inFold : all - inFold;
  }
}
