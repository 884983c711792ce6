/**
 * Parquet files, read row by row as CSV, so that every entry point applies the same rules to them.
 *
 * <p>Start with {@link dev.propensity.parquet.TableFile}, which opens a table by its content, or
 * {@link dev.propensity.parquet.ParquetTable}. Footers, pages and values are decoded by Apache
 * Parquet's own modules, without Hadoop; pages are decompressed by aircompressor, in Java. Depends
 * on {@code foundation} and {@code table}. Its classes are loaded only for Parquet.
 */
@NullMarked
package dev.propensity.parquet;

import org.jspecify.annotations.NullMarked;
