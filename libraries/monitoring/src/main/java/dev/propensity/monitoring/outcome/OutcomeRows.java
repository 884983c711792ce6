package dev.propensity.monitoring.outcome;

import dev.propensity.table.arrow.ArrowBody;
import dev.propensity.table.arrow.ArrowColumn;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The rows of an Arrow record batch before they are written; reused for the next one. */
final class OutcomeRows implements ArrowBody {
  static final List<ArrowColumn> COLUMNS =
      List.of(
          new ArrowColumn("propensity_identifier", ArrowColumn.Type.UTF8, false),
          new ArrowColumn("propensity_label", ArrowColumn.Type.INT8, true),
          new ArrowColumn("propensity_time", ArrowColumn.Type.TIMESTAMP, true),
          new ArrowColumn("propensity_contacted", ArrowColumn.Type.INT8, true));

  private static final int ROWS = 1 << 13;

  private byte[] identifiers = new byte[1 << 16];
  private final int[] ends = new int[ROWS + 1]; // of the identifiers, by row + 1
  private final byte[] labels = new byte[ROWS];
  private final long[] times = new long[ROWS];
  private final byte[] contacts = new byte[ROWS];
  private final Validity labeled = new Validity(ROWS);
  private final Validity timed = new Validity(ROWS);
  private final Validity known = new Validity(ROWS); // whether the customer was contacted
  private int rows;

  boolean isFull() {
    return rows == ROWS;
  }

  /**
   * Adds a row.
   *
   * @param utf8 its identifier
   */
  void add(byte[] utf8, OutcomeRow row) {
    int start = ends[rows];
    if (start + utf8.length > identifiers.length) {
      identifiers =
          Arrays.copyOf(identifiers, Math.max(2 * identifiers.length, start + utf8.length));
    }
    System.arraycopy(utf8, 0, identifiers, start, utf8.length);
    labels[rows] = (byte) Math.max(0, row.label());
    labeled.set(rows, row.label() != OutcomeRow.UNKNOWN);
    times[rows] = row.time() == OutcomeRow.NO_TIME ? 0 : row.time();
    timed.set(rows, row.time() != OutcomeRow.NO_TIME);
    contacts[rows] = (byte) Math.max(0, row.contacted());
    known.set(rows, row.contacted() != OutcomeRow.UNKNOWN);
    rows++;
    ends[rows] = start + utf8.length;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int[] nulls() {
    return new int[] {0, labeled.nulls(), timed.nulls(), known.nulls()};
  }

  @Override
  public long[] lengths() {
    return new long[] {
      0,
      4L * (rows + 1),
      ends[rows],
      labeled.length(rows),
      rows,
      timed.length(rows),
      8L * rows,
      known.length(rows),
      rows
    };
  }

  @Override
  public void put(ByteBuffer body) {
    for (int row = 0; row <= rows; row++) {
      body.putInt(ends[row]);
    }
    ArrowBody.pad(body);
    body.put(identifiers, 0, ends[rows]);
    ArrowBody.pad(body);
    labeled.put(body, rows);
    body.put(labels, 0, rows);
    ArrowBody.pad(body);
    timed.put(body, rows);
    for (int row = 0; row < rows; row++) {
      body.putLong(times[row]);
    }
    known.put(body, rows);
    body.put(contacts, 0, rows);
    ArrowBody.pad(body);
  }

  /** Begins with the next record batch. */
  void clear() {
    rows = 0;
    labeled.clear();
    timed.clear();
    known.clear();
  }
}
