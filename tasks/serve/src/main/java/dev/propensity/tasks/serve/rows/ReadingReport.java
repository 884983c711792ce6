package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.result.TableRejectedException;
import dev.propensity.dataset.rows.result.UnseenCategories;
import dev.propensity.tasks.serve.http.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a request were read.
 *
 * @param csv the table's dialect: separator, decimal sign, byte order mark; null for JSON
 * @param numbered whether rows are identified by their number, from 1
 * @param duplicates how many rows have the identifier of an earlier one
 * @param unseen the cells with a category that was not in the training data
 */
public record ReadingReport(
    @Nullable String csv, boolean numbered, long duplicates, UnseenCategories unseen) {

  /**
   * The report of a table that was read to its end.
   *
   * @throws Problem if it has invalid rows
   */
  public static ReadingReport of(RowReader table) {
    try {
      table.requireValidRows(0, "");
    } catch (TableRejectedException e) {
      throw Problem.ofTable(e);
    }
    return new ReadingReport(
        table.dialect().text(), table.isNumbered(), table.duplicates(), table.unseen());
  }
}
