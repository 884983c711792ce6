package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.DatasetSpec;
import java.util.EnumSet;
import java.util.Set;

/** Assigns rows to the splits. */
public interface SplitAssignment {

  /** The splits that are written; each must have rows of both labels. */
  Set<Split> written();

  /**
   * The split of a row.
   *
   * @param utf8 holds the row's identifier in UTF-8, from {@code from}
   * @param label 1 positive, 0 negative
   */
  Split split(byte[] utf8, int from, int length, byte label);

  /** By the rule: train, validation and test. */
  static SplitAssignment of(DatasetSpec.SplitRule rule) {
    return new ByHash(new Splitter(rule));
  }

  /**
   * All rows outside the test split are train rows: for a final model, whose rounds are already
   * known.
   */
  static SplitAssignment withoutValidation(DatasetSpec.SplitRule rule) {
    return new WithoutValidation(new Splitter(rule));
  }

  /** Each row is assigned by its identifier's hash. */
  record ByHash(Splitter splitter) implements SplitAssignment {
    @Override
    public Set<Split> written() {
      return EnumSet.allOf(Split.class);
    }

    @Override
    public Split split(byte[] utf8, int from, int length, byte label) {
      return splitter.split(utf8, from, length);
    }
  }

  /** Validation rows are train rows, too. */
  record WithoutValidation(Splitter splitter) implements SplitAssignment {
    @Override
    public Set<Split> written() {
      return EnumSet.of(Split.TRAIN);
    }

    @Override
    public Split split(byte[] utf8, int from, int length, byte label) {
      return splitter.split(utf8, from, length) == Split.TEST ? Split.TEST : Split.TRAIN;
    }
  }
}
