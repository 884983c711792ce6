/**
 * Reading and writing rows: how a CSV is written, its records, cells and numbers, and the writer.
 *
 * <p>Start with {@link dev.propensity.table.CsvReader}: it detects the dialect, reads the header
 * and gives the records in chunks, whose cells {@link dev.propensity.table.CsvCells} finds. Its
 * method {@code number} reads plain numbers in a cell; {@link dev.propensity.table.Numbers} reads
 * all others. Independent of datasets; it depends on {@code foundation} and {@code file} alone.
 */
@NullMarked
package dev.propensity.table;

import org.jspecify.annotations.NullMarked;
