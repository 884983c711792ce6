package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.HashSplit;

/** Rows that are split by a hash: 8 bytes a row. */
final class HashFoldRows implements FoldRows {
  private final HashSplit rule;
  private final Splitter splitter;
  private final HashList[] hashes = {new HashList(), new HashList()}; // by label

  HashFoldRows(HashSplit rule) {
    this.rule = rule;
    this.splitter = new Splitter(rule);
  }

  @Override
  public void add(byte[] key, int from, int length, byte label) {
    long hash = splitter.hash(key, from, length);
    if (splitter.split(hash) != Split.TEST) {
      hashes[label].add(hash);
    }
  }

  @Override
  public long rows(int label) {
    return hashes[label].size();
  }

  @Override
  public FoldPlan plan(int folds) {
    long[][] sorted = {hashes[0].sorted(), hashes[1].sorted()};
    return rule.keepsRowsTogether()
        ? GroupFolds.of(splitter, folds, sorted)
        : new StratifiedFolds(splitter, folds, sorted);
  }
}
