package dev.propensity.dataset.rows;

import java.util.List;

/**
 * A column that is read: by one rule, or by several where encoders differ.
 *
 * @param name as the specification has it
 */
record ColumnRules(String name, List<FeatureRule> rules) {
  /**
   * A distinct rule that reads a column's cells, and where the features go.
   *
   * @param place of its reader in {@link RowSchema#readers}
   */
  record FeatureRule(int place, List<Target> targets) {}

  /** Where a reader's feature goes: the encoder's place, and the feature's in it. */
  record Target(int encoder, int feature) {}
}
