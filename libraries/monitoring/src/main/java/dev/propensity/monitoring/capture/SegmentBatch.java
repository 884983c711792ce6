package dev.propensity.monitoring.capture;

import dev.propensity.foundation.UserException;
import dev.propensity.table.arrow.ArrowFileReader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Some rows of a segment, one after another; views of what they were read from. */
public final class SegmentBatch {
  private final int rows;
  private final TextCells requests;
  private final int[] numbers;
  private final long[] times;
  private final @Nullable TextCells identifiers;
  private final float[] scores;
  private final TextCells[] cells;

  SegmentBatch(ArrowFileReader.Batch batch, boolean identified, int columns, String damaged) {
    this.rows = batch.rows();
    if (rows < 0 || batch.buffer(4).remaining() < 4L * rows) {
      throw new UserException(damaged); // before memory is allocated for so many
    }
    this.requests = new TextCells(batch, 0, 0, damaged);
    this.numbers = new int[rows];
    batch.buffer(4).asIntBuffer().get(numbers);
    this.times = new long[rows];
    batch.buffer(6).asLongBuffer().get(times);
    this.identifiers = identified ? new TextCells(batch, 3, 7, damaged) : null;
    int first = identified ? 12 : 9;
    this.scores = new float[rows];
    batch.buffer(first - 1).asFloatBuffer().get(scores);
    this.cells = new TextCells[columns];
    for (int i = 0; i < columns; i++) {
      cells[i] = new TextCells(batch, (identified ? 5 : 4) + i, first + 3 * i, damaged);
    }
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** The id of the row's request. */
  public String request(int row) {
    return Objects.requireNonNull(requests.text(row));
  }

  /** Bytes among which are the ids of all requests in UTF-8; not a copy. */
  public byte[] requestBytes() {
    return requests.bytes();
  }

  /** Where the id of a row's request begins in {@link #requestBytes}. */
  public int requestStart(int row) {
    return requests.start(row);
  }

  /** Where the id of a row's request ends in {@link #requestBytes}. */
  public int requestEnd(int row) {
    return requests.end(row);
  }

  /** The row's number in its request, from 1. */
  public int number(int row) {
    return numbers[row];
  }

  /** When the row was scored, in milliseconds since 1970. */
  public long time(int row) {
    return times[row];
  }

  /** The row's identifier or its HMAC; null where it has none, or it is not captured. */
  public @Nullable String identifier(int row) {
    return identifiers == null ? null : identifiers.text(row);
  }

  /** Whether rows have identifiers or their HMACs. */
  public boolean isIdentified() {
    return identifiers != null;
  }

  /** The identifiers of all rows in UTF-8, one row after another; not a copy. */
  public byte[] identifierBytes() {
    return identified().bytes();
  }

  /** Where a row's identifier begins in {@link #identifierBytes}. */
  public int identifierStart(int row) {
    return identified().start(row);
  }

  /** Where a row's identifier ends in {@link #identifierBytes}; where it begins, if it has none. */
  public int identifierEnd(int row) {
    return identified().end(row);
  }

  private TextCells identified() {
    return Objects.requireNonNull(identifiers, "identifiers are not captured");
  }

  public float score(int row) {
    return scores[row];
  }

  /** Whether a cell has no value. */
  public boolean isMissing(int column, int row) {
    return cells[column].isMissing(row);
  }

  /** A cell's text; null where it is missing. */
  public @Nullable String text(int column, int row) {
    return cells[column].text(row);
  }

  /** Bytes among which are all cells of a column in UTF-8; not a copy. */
  public byte[] bytes(int column) {
    return cells[column].bytes();
  }

  /** Whether any cell of a column has no value. */
  public boolean hasMissing(int column) {
    return cells[column].hasMissing();
  }

  /**
   * Where a column's cells end in {@link #bytes}, by row + 1: each begins where the one before
   * ends; not a copy.
   */
  public int[] ends(int column) {
    return cells[column].ends();
  }

  /** Where a cell begins in {@link #bytes}. */
  public int start(int column, int row) {
    return cells[column].start(row);
  }

  /** Where a cell ends in {@link #bytes}. */
  public int end(int column, int row) {
    return cells[column].end(row);
  }
}
