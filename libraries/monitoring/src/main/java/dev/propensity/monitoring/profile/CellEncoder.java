package dev.propensity.monitoring.profile;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.encoder.NumberReader;
import dev.propensity.monitoring.capture.SegmentBatch;
import dev.propensity.table.Numbers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a column's cells, which are UTF-8, with the reader of the model's encoder: what the
 * endpoint computes of them. Makes no string of a cell in ASCII.
 */
final class CellEncoder {
  private static final int INVALID_BITS = 0x7fc0_0001;

  /** The feature of a cell that the encoder rejects: a NaN, but not the one of a missing value. */
  static final float INVALID = Float.intBitsToFloat(INVALID_BITS);

  private final CellReader reader;
  private final @Nullable NumberReader numbers; // null where the cell must be looked up as a word
  private final CellCache cache = new CellCache();
  private char[] text = new char[64];

  CellEncoder(CellReader reader) {
    this.reader = reader;
    this.numbers =
        reader instanceof NumberReader number && number.readsPlainNumbers() ? number : null;
  }

  /** Whether the feature is {@link #INVALID}. */
  static boolean isInvalid(float feature) {
    return Float.floatToRawIntBits(feature) == INVALID_BITS;
  }

  /**
   * Encodes the selected cells of a batch's column.
   *
   * @param values gets a feature for each selected row
   */
  void encode(SegmentBatch batch, int column, RowSelection rows, float[] values) {
    byte[] bytes = batch.bytes(column);
    int[] ends = batch.ends(column);
    boolean hasMissing = batch.hasMissing(column);
    int size = rows.size();
    for (int i = 0; i < size; i++) {
      int row = rows.row(i);
      values[i] =
          hasMissing && batch.isMissing(column, row)
              ? Float.NaN
              : encode(bytes, ends[row], ends[row + 1]);
    }
  }

  /** The cell's feature: NaN where it is missing, {@link #INVALID} where it is invalid. */
  float encode(byte[] bytes, int from, int to) {
    if (from == to) {
      return Float.NaN;
    }
    if (numbers != null) {
      double number = Numbers.plainOrNaN(bytes, from, to);
      boolean valid = number >= numbers.minimum && number <= numbers.maximum;
      return valid ? (float) number : read(bytes, from, to);
    }
    int slot = cache.slot(bytes, from, to);
    if (cache.has(slot)) {
      return cache.value(slot);
    }
    float value = read(bytes, from, to);
    cache.put(slot, bytes, from, to, value);
    return value;
  }

  private float read(byte[] bytes, int from, int to) {
    int length = to - from;
    if (text.length < length) {
      text = new char[length];
    }
    for (int i = 0; i < length; i++) {
      byte b = bytes[from + i];
      if (b < 0) {
        char[] decoded = new String(bytes, from, length, StandardCharsets.UTF_8).toCharArray();
        return read(decoded, decoded.length);
      }
      text[i] = (char) b;
    }
    return read(text, length);
  }

  private float read(char[] chars, int length) {
    try {
      return reader.read(chars, 0, length);
    } catch (InvalidCell e) {
      return e.rule == InvalidCell.Rule.MISSING ? Float.NaN : INVALID;
    }
  }
}
