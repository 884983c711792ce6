package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.InvalidCell;
import java.util.List;

/**
 * A row with cells that break a rule.
 *
 * @param line of the file on which it begins; its number where the source has no lines
 * @param number of the row among its chunk's records, from 0
 * @param recordStart the byte of its chunk with which it begins
 */
record InvalidRow(long line, int number, int recordStart, List<InvalidCell> cells) {}
