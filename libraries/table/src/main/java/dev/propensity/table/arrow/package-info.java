/**
 * Arrow IPC files, written and read with Arrow's own format classes alone, without its vectors and
 * their memory: a program starts half a second sooner, and needs no {@code --add-opens}.
 *
 * <p>Start with {@link dev.propensity.table.arrow.ArrowFileWriter} and {@link
 * dev.propensity.table.arrow.ArrowFileReader}. Depends on {@code foundation} alone.
 */
@NullMarked
package dev.propensity.table.arrow;

import org.jspecify.annotations.NullMarked;
