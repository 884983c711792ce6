package dev.propensity.monitoring.outcome;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.table.arrow.ArrowFileWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;

/**
 * Writes a batch of outcomes: an Arrow IPC file with the columns {@code propensity_identifier}
 * (utf8), {@code propensity_label} (int8, missing without an answer yet), {@code propensity_time}
 * (timestamp[ms, UTC], may be missing) and {@code propensity_contacted} (int8, may be missing). Its
 * metadata has the {@link OutcomeHeader} as {@code propensity}.
 */
public final class OutcomeBatchWriter implements AutoCloseable {
  static final String HEADER = "propensity";

  private final OutcomeHeader header;
  private final ArrowFileWriter file;
  private final OutcomeRows rows = new OutcomeRows();
  private final MessageDigest content = Digest.sha256();
  private final ByteBuffer values = ByteBuffer.allocate(14);
  private long total;

  /**
   * Begins the file.
   *
   * @throws java.io.UncheckedIOException if the disk is full, as all methods
   */
  public OutcomeBatchWriter(Path path, OutcomeHeader header) {
    this.header = header;
    this.file =
        new ArrowFileWriter(path, OutcomeRows.COLUMNS, Map.of(HEADER, CanonicalJson.text(header)));
    String common = header.name() + '\n' + header.identifier() + '\n' + header.key() + '\n';
    content.update(common.getBytes(StandardCharsets.UTF_8));
  }

  public OutcomeHeader header() {
    return header;
  }

  /** How many rows were added. */
  public long rows() {
    return total;
  }

  /** Adds a row. */
  public void add(OutcomeRow row) {
    if (rows.isFull()) {
      flush();
    }
    byte[] utf8 = row.identifier().getBytes(StandardCharsets.UTF_8);
    rows.add(utf8, row);
    values.clear().putInt(utf8.length).put(row.label()).put(row.contacted()).putLong(row.time());
    content.update(values.array());
    content.update(utf8);
    total++;
  }

  private void flush() {
    if (rows.rows() > 0) {
      file.write(rows);
      rows.clear();
    }
  }

  /**
   * Writes the rest and closes the file.
   *
   * @return the digest of the rows in their order, whenever they were received: the same table is
   *     the same batch
   */
  public Digest finish() {
    flush();
    file.finish(Map.of(HEADER, CanonicalJson.text(header)));
    file.close();
    return Digest.finished(content);
  }

  /** Closes the file, if it is open. */
  @Override
  public void close() {
    file.close();
  }
}
