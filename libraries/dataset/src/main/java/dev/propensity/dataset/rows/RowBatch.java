package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.DateParts;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.table.CsvChunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Some rows of a table, one after another, each encoded by one or more encoders. */
public final class RowBatch {
  private final CsvChunk chunk;
  private final int[] widths;
  private final float[][] values; // by encoder, row-major
  private final double @Nullable [] exact; // the only encoder's numbers, not rounded; or null
  private final BatchIdentifiers identifiers;
  private @Nullable BatchIdentifiers keys; // of the rows' splits; null: the identifiers
  private final byte[] labels;
  private final BatchPlaces places;
  private final List<InvalidRow> invalid = new ArrayList<>();
  private final BatchUnseen unseen = new BatchUnseen();
  private int rows;
  private int records;

  /**
   * @param chunk the rows' text
   * @param columns of the table; a row has at least as many bytes, which bounds the memory for a
   *     chunk of empty lines
   * @param widths by encoder, how many features it makes
   * @param keepsExact whether the numbers' doubles are kept
   */
  RowBatch(CsvChunk chunk, int columns, int[] widths, boolean keepsExact) {
    int capacity =
        Math.min(chunk.lines(), chunk.length() / columns + 1); // and one that is being read
    this.chunk = chunk;
    this.widths = widths;
    this.values = new float[widths.length][];
    for (int i = 0; i < widths.length; i++) {
      values[i] = new float[Math.multiplyExact(capacity, widths[i])];
    }
    this.exact = keepsExact ? new double[capacity * widths[0]] : null;
    this.identifiers = new BatchIdentifiers(capacity);
    this.labels = new byte[capacity];
    this.places = new BatchPlaces(capacity);
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** The features of the only encoder: row-major {@code [rows][features]}, nothing else. */
  public float[] values() {
    return values(0);
  }

  /** By an encoder's place, the features: row-major {@code [rows][features]}, nothing else. */
  public float[] values(int encoder) {
    int length = rows * widths[encoder];
    if (values[encoder].length != length) {
      values[encoder] = Arrays.copyOf(values[encoder], length);
    }
    return values[encoder];
  }

  /** All rows' identifiers in UTF-8, one after another; not a copy. */
  public byte[] identifiers() {
    return identifiers.bytes();
  }

  /** Where a row's identifier begins. */
  public int identifierStart(int row) {
    return identifiers.start(row);
  }

  /** Where a row's identifier ends. */
  public int identifierEnd(int row) {
    return identifiers.end(row);
  }

  /** A row's identifier. */
  public String identifier(int row) {
    return identifiers.text(row);
  }

  /** By row, what decides its split: its identifier, or the key that was set. */
  public BatchIdentifiers splitKeys() {
    return keys == null ? identifiers : keys;
  }

  /** One a row: 1 positive, 0 negative; 0 where labels are not read; not a copy. */
  public byte[] labels() {
    return labels;
  }

  /** The line of the file on which a row begins. */
  long line(int row) {
    return places.line(row);
  }

  public CsvChunk chunk() {
    return chunk;
  }

  /** The byte of the chunk with which a row begins. */
  public int recordStart(int row) {
    return places.start(row);
  }

  /** A number as it is in the table, before it is rounded to float32. */
  public double exact(int row, int feature) {
    return Objects.requireNonNull(exact, "exact numbers were not kept")[row * widths[0] + feature];
  }

  /** The row's number among the batch's records, from 0, the invalid ones among them. */
  int number(int row) {
    return places.number(row);
  }

  /** How many records the batch has, valid and invalid. */
  int records() {
    return records;
  }

  List<InvalidRow> invalid() {
    return invalid;
  }

  BatchUnseen unseen() {
    return unseen;
  }

  /** Puts a feature of the row that is being read in its place. */
  void set(int encoder, int feature, float value) {
    values[encoder][rows * widths[encoder] + feature] = value;
  }

  boolean keepsExact() {
    return exact != null;
  }

  /**
   * The same of the only encoder.
   *
   * @param number before it was rounded
   */
  void setOnly(int feature, float value, double number) {
    int place = rows * widths[0] + feature;
    values[0][place] = value;
    if (exact != null) {
      exact[place] = number;
    }
  }

  /** Computes the parts of dates of the row whose other features have been set. */
  void fill(int encoder, DateParts parts) {
    parts.fill(values[encoder], rows * widths[encoder]);
  }

  public float value(int encoder, int row, int feature) {
    return values[encoder][row * widths[encoder] + feature];
  }

  /** Sets the key of the row whose features have been set. */
  void setKey(byte[] key) {
    keys = Objects.requireNonNullElseGet(keys, () -> new BatchIdentifiers(labels.length));
    keys.put(rows, key, key.length);
  }

  /** Takes the row whose features have been set. */
  void add(byte[] identifier, int length, byte label, long line, int recordStart) {
    identifiers.put(rows, identifier, length);
    labels[rows] = label;
    places.put(rows, line, records++, recordStart);
    rows++;
  }

  void addInvalid(long line, int recordStart, List<InvalidCell> cells) {
    invalid.add(new InvalidRow(line, records++, recordStart, cells));
  }

  /**
   * Gives each row its number as identifier.
   *
   * @param before how many records came before this batch
   */
  void number(long before) {
    for (int row = 0; row < rows; row++) {
      byte[] digits = Long.toString(before + number(row) + 1).getBytes(StandardCharsets.US_ASCII);
      identifiers.put(row, digits, digits.length);
    }
  }

  /**
   * Replaces each row's line by its number, for a source that has no lines.
   *
   * @param before how many records came before this batch
   */
  void countLines(long before) {
    for (int row = 0; row < rows; row++) {
      places.put(row, before + number(row) + 1, number(row), recordStart(row));
    }
    invalid.replaceAll(
        row ->
            new InvalidRow(
                before + row.number() + 1, row.number(), row.recordStart(), row.cells()));
  }

  /**
   * Removes rows that turn out to be invalid, and adds them to the others, in the table's order.
   *
   * @param rejected by row, its errors
   */
  void reject(SortedMap<Integer, InvalidCell> rejected) {
    rejected.forEach((row, cell) -> invalid.add(places.invalid(row, cell)));
    invalid.sort(Comparator.comparingInt(InvalidRow::recordStart));
    int all = rows;
    rows = rejected.isEmpty() ? all : rejected.firstKey();
    for (int row = rows; row < all; row++) {
      if (!rejected.containsKey(row)) {
        move(row, rows++);
      }
    }
  }

  private void move(int row, int to) {
    for (int e = 0; e < widths.length; e++) {
      System.arraycopy(values[e], row * widths[e], values[e], to * widths[e], widths[e]);
    }
    if (exact != null) {
      System.arraycopy(exact, row * widths[0], exact, to * widths[0], widths[0]);
    }
    identifiers.move(row, to);
    if (keys != null) {
      keys.move(row, to);
    }
    labels[to] = labels[row];
    places.move(row, to);
  }
}
