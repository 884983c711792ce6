package dev.propensity.model.prediction;

import dev.propensity.table.arrow.ArrowBody;
import dev.propensity.table.arrow.ArrowColumn;
import dev.propensity.table.arrow.ArrowFileWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes predictions with the columns {@code contact} and {@code reason} as an Arrow IPC file,
 * batch by batch.
 */
final class PredictionRows implements ArrowBody, AutoCloseable {
  private static final int ROWS = 1 << 16;

  private final ArrowFileWriter file;
  private byte[] identifiers = new byte[1 << 16];
  private byte[] reasons = new byte[1 << 16];
  private final int[] ends = new int[ROWS + 1]; // of the identifiers, by row + 1
  private final int[] reasonEnds = new int[ROWS + 1];
  private final byte[] labels = new byte[ROWS];
  private final byte[] contacts = new byte[ROWS];
  private final float[] scores = new float[ROWS];
  private int rows;

  PredictionRows(Path path, String identifier) {
    this.file = new ArrowFileWriter(path, columns(identifier), Map.of());
  }

  static List<ArrowColumn> columns(String identifier) {
    return List.of(
        new ArrowColumn(identifier, ArrowColumn.Type.UTF8, false),
        new ArrowColumn("label", ArrowColumn.Type.INT8, false),
        new ArrowColumn("score", ArrowColumn.Type.FLOAT32, false),
        new ArrowColumn("contact", ArrowColumn.Type.INT8, false),
        new ArrowColumn("reason", ArrowColumn.Type.UTF8, false));
  }

  void add(byte[] utf8, int from, int to, byte label, float score, byte contact, Selection reason) {
    if (rows == ROWS) {
      flush();
    }
    labels[rows] = label;
    scores[rows] = score;
    contacts[rows] = contact;
    identifiers = append(identifiers, ends, utf8, from, to);
    byte[] text = reason.text().getBytes(StandardCharsets.US_ASCII);
    reasons = append(reasons, reasonEnds, text, 0, text.length);
    rows++;
  }

  private byte[] append(byte[] all, int[] until, byte[] text, int from, int to) {
    int start = until[rows];
    int end = start + to - from;
    byte[] room = end <= all.length ? all : Arrays.copyOf(all, Math.max(2 * all.length, end));
    System.arraycopy(text, from, room, start, to - from);
    until[rows + 1] = end;
    return room;
  }

  private void flush() {
    if (rows > 0) {
      file.write(this);
      rows = 0;
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int[] nulls() {
    return new int[5];
  }

  @Override
  public long[] lengths() {
    long offsets = 4L * (rows + 1);
    return new long[] {
      0, offsets, ends[rows], 0, rows, 0, 4L * rows, 0, rows, 0, offsets, reasonEnds[rows]
    };
  }

  @Override
  public void put(ByteBuffer body) {
    put(body, ends, identifiers);
    body.put(labels, 0, rows);
    ArrowBody.pad(body);
    for (int row = 0; row < rows; row++) {
      body.putFloat(scores[row]);
    }
    ArrowBody.pad(body);
    body.put(contacts, 0, rows);
    ArrowBody.pad(body);
    put(body, reasonEnds, reasons);
  }

  private void put(ByteBuffer body, int[] until, byte[] text) {
    for (int row = 0; row <= rows; row++) {
      body.putInt(until[row]);
    }
    ArrowBody.pad(body);
    body.put(text, 0, until[rows]);
    ArrowBody.pad(body);
  }

  /** Writes the rest and the footer. Further calls do nothing. */
  @Override
  public void close() {
    if (file.isOpen()) {
      try (file) {
        flush();
        file.finish(Map.of());
      }
    }
  }
}
