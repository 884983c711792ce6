package dev.propensity.dataset.rows.key;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The missing values of the column that decides a row's split: an error, even if they are allowed
 * in the column as a feature, since they would all share a split, or have none.
 *
 * @param words beside the empty cell
 */
record MissingWords(String column, Set<String> words) {

  static MissingWords of(DatasetSpec spec, String name) {
    Column column = spec.column(name);
    List<String> words = column == null ? spec.missingValues() : column.missingValues();
    return new MissingWords(
        name, words.stream().map(CellReader::trimmed).collect(Collectors.toUnmodifiableSet()));
  }

  /** The error if the cell, which is trimmed, has no value; else null. */
  @Nullable InvalidCell error(String cell) {
    return cell.isEmpty() || words.contains(cell)
        ? new InvalidCell(
            column,
            cell,
            InvalidCell.Rule.MISSING,
            "value is missing: the row's split follows from it")
        : null;
  }
}
