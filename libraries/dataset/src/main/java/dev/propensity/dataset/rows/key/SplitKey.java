package dev.propensity.dataset.rows.key;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.HashSplit;
import dev.propensity.dataset.specification.SplitRule;
import dev.propensity.dataset.specification.TimeSplit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads what decides the split of one record after another. Rows with the same key share a split.
 */
public interface SplitKey {
  /** The features of the record that is read. */
  interface RowValues {
    /** The value of the feature with this number. */
    float value(int feature);
  }

  /**
   * The keys of a specification's rows; null where their identifiers are the keys.
   *
   * @param readers of the specification's columns, which collect their words
   * @param withPoint gives a number with a decimal comma a point, and leaves other words unchanged
   */
  static @Nullable SplitKey of(
      DatasetSpec spec, List<CellReader> readers, UnaryOperator<String> withPoint) {
    SplitRule rule = spec.split();
    if (rule instanceof TimeSplit time) {
      return new DateKey(MissingWords.of(spec, time.time()), readers);
    }
    HashSplit hash = (HashSplit) rule;
    if (hash.group() != null) {
      return new GroupKey(MissingWords.of(spec, hash.group()), withPoint);
    }
    return hash.duplicates() == null ? null : new FeaturesKey(readers, withPoint);
  }

  /**
   * Takes the cell of the column that decides, if there is one.
   *
   * @return the error in the cell; null if it is valid
   */
  default @Nullable InvalidCell take(String cell) {
    return null;
  }

  /** The key of a record whose cells are valid and have been taken. */
  byte[] bytes(RowValues values);
}
