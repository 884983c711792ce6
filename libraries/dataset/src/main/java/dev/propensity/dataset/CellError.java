package dev.propensity.dataset;

/**
 * What is wrong with a cell of a table.
 *
 * @param line the line of the file on which its row begins, from 1
 * @param column the column's name; "the row" where the row as a whole is wrong
 * @param value as it stands there, cut where it is long
 * @param rule what the column demands, or what the value is: "below 18"
 */
public record CellError(long line, String column, String value, String rule) {}
