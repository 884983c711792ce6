package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.RowReader;
import java.util.SortedMap;

/**
 * How the rows of a request were read.
 *
 * @param csv how the table is written: separator, decimal sign, byte order mark; null for JSON
 * @param numbered whether rows are identified by their number, from 1
 * @param duplicates how many rows have the identifier of an earlier one
 * @param unseen by column, how many cells hold a category that training never saw; only columns
 *     that have any
 * @param lookAlikes by column and unseen category, the known one that it looks like; at most ten a
 *     column
 */
public record ReadingReport(
    String csv,
    boolean numbered,
    long duplicates,
    SortedMap<String, Long> unseen,
    SortedMap<String, SortedMap<String, String>> lookAlikes) {

  /** The report of a table that was read to its end. */
  public static ReadingReport of(RowReader table, SortedMap<String, Long> unseen) {
    return new ReadingReport(
        table.dialect().text(),
        table.isNumbered(),
        table.duplicates(),
        unseen,
        table.unseen().lookAlikes());
  }
}
