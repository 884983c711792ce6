/**
 * A table's file: its kind by its first bytes, and its decompression.
 *
 * <p>Start with {@link dev.propensity.table.file.Unpacked}, which decompresses a file by its
 * content. Depends on {@code foundation} alone.
 */
@NullMarked
package dev.propensity.table.file;

import org.jspecify.annotations.NullMarked;
