package dev.propensity.monitoring.capture;

import dev.propensity.foundation.UserException;
import dev.propensity.table.arrow.ArrowFileReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A batch's values of a column of text that was read. */
final class TextCells {
  private final int[] ends; // in the bytes, by row + 1
  private final byte[] bytes; // of the batch, and others
  private final byte @Nullable [] validity; // null where none is missing

  /**
   * @param first the column's first buffer
   * @throws UserException with this error, if the offsets are not in order
   */
  TextCells(ArrowFileReader.Batch batch, int column, int first, String damaged) {
    this.ends = new int[batch.rows() + 1];
    ByteBuffer values = batch.buffer(first + 2);
    this.bytes = values.array();
    batch.buffer(first + 1).asIntBuffer().get(ends);
    this.validity = batch.nulls(column) == 0 ? null : new byte[(batch.rows() + 7) / 8];
    if (validity != null) {
      batch.buffer(first).get(validity);
    }
    int from = values.arrayOffset();
    int length = values.remaining();
    int before = 0;
    for (int i = 0; i < ends.length; i++) {
      int end = ends[i];
      if (end < before || end > length) {
        throw new UserException(damaged);
      }
      before = end;
      ends[i] = from + end;
    }
  }

  boolean hasMissing() {
    return validity != null;
  }

  int[] ends() {
    return ends;
  }

  boolean isMissing(int row) {
    return validity != null && (validity[row >> 3] >> (row & 7) & 1) == 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int start(int row) {
    return ends[row];
  }

  int end(int row) {
    return ends[row + 1];
  }

  @Nullable String text(int row) {
    return isMissing(row)
        ? null
        : new String(bytes, ends[row], ends[row + 1] - ends[row], StandardCharsets.UTF_8);
  }
}
