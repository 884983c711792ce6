package dev.propensity.monitoring.outcome;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.table.arrow.ArrowFileReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a batch of outcomes that {@link OutcomeBatchWriter} wrote. */
public final class OutcomeBatchReader implements AutoCloseable {
  private final String damaged;
  private final ArrowFileReader file;
  private final OutcomeHeader header;

  /**
   * Reads what the batch says of its rows.
   *
   * @param where the batch's name, for errors
   * @throws UserException that names the batch, if it is not one, is incomplete or damaged; as
   *     {@link #forEach}
   */
  public OutcomeBatchReader(Path path, String where) {
    this.damaged = where + " is not a batch of outcomes, or is incomplete or damaged";
    this.file = new ArrowFileReader(path, damaged);
    try {
      String json = file.metadata().get(OutcomeBatchWriter.HEADER);
      if (json == null || !file.columns().equals(OutcomeRows.COLUMNS)) {
        throw new UserException(damaged);
      }
      this.header =
          CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), OutcomeHeader.class, where);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  public OutcomeHeader header() {
    return header;
  }

  /** Reads the rows, in their order. */
  public void forEach(Consumer<OutcomeRow> rows) {
    for (int i = 0; i < file.batches(); i++) {
      ArrowFileReader.Batch batch = file.batch(i);
      for (int row = 0; row < batch.rows(); row++) {
        rows.accept(row(batch, row));
      }
    }
  }

  private OutcomeRow row(ArrowFileReader.Batch batch, int row) {
    try {
      ByteBuffer ends = batch.buffer(1);
      int start = ends.getInt(4 * row);
      byte[] utf8 = new byte[ends.getInt(4 * row + 4) - start];
      batch.buffer(2).get(start, utf8);
      return new OutcomeRow(
          new String(utf8, StandardCharsets.UTF_8),
          isMissing(batch, 1, 3, row) ? OutcomeRow.UNKNOWN : batch.buffer(4).get(row),
          isMissing(batch, 2, 5, row) ? OutcomeRow.NO_TIME : batch.buffer(6).getLong(8 * row),
          isMissing(batch, 3, 7, row) ? OutcomeRow.UNKNOWN : batch.buffer(8).get(row));
    } catch (RuntimeException e) { // offsets and lengths that are not those of the rows
      throw new UserException(damaged, e);
    }
  }

  private static boolean isMissing(ArrowFileReader.Batch batch, int column, int validity, int row) {
    return batch.nulls(column) > 0 && (batch.buffer(validity).get(row >> 3) >> (row & 7) & 1) == 0;
  }

  @Override
  public void close() {
    file.close();
  }
}
