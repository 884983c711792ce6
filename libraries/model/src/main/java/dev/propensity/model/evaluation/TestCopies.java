package dev.propensity.model.evaluation;

import java.util.BitSet;

/**
 * The test rows whose features occur outside the test split.
 *
 * @param rows their numbers, from 0
 * @param coincidence whether they are no duplicates by their labels: the release is then decided on
 *     all test rows, else on the others
 */
public record TestCopies(BitSet rows, boolean coincidence) {
  /** None. */
  public static final TestCopies NONE = new TestCopies(new BitSet(), false);

  public TestCopies {
    rows = (BitSet) rows.clone();
  }
}
