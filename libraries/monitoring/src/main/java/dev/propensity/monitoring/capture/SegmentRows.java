package dev.propensity.monitoring.capture;

import dev.propensity.table.arrow.ArrowBody;
import dev.propensity.table.arrow.ArrowColumn;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a segment's batch before they are written; reused for the next batch. */
final class SegmentRows implements ArrowBody {
  /** The columns of each segment; the identifier is only there where it is captured. */
  static final String REQUEST = "propensity_request";

  static final String ROW = "propensity_row";
  static final String TIME = "propensity_time";
  static final String IDENTIFIER = "propensity_identifier";
  static final String SCORE = "propensity_score";

  private static final int ROWS = 1024;
  private static final int BYTES = 1 << 20;

  private final TextColumn requests = new TextColumn();
  private final int[] numbers = new int[ROWS];
  private final long[] times = new long[ROWS];
  private final @Nullable TextColumn identifiers;
  private final float[] scores = new float[ROWS];
  private final TextColumn[] cells;
  private int rows;
  private int bytes;

  SegmentRows(boolean identified, int columns) {
    this.identifiers = identified ? new TextColumn() : null;
    this.cells = new TextColumn[columns];
    for (int i = 0; i < columns; i++) {
      cells[i] = new TextColumn();
    }
  }

  /**
   * @param features the names of the captured columns
   */
  static List<ArrowColumn> columns(boolean identified, List<String> features) {
    List<ArrowColumn> columns = new ArrayList<>();
    columns.add(new ArrowColumn(REQUEST, ArrowColumn.Type.UTF8, false));
    columns.add(new ArrowColumn(ROW, ArrowColumn.Type.INT32, false));
    columns.add(new ArrowColumn(TIME, ArrowColumn.Type.TIMESTAMP, false));
    if (identified) {
      columns.add(new ArrowColumn(IDENTIFIER, ArrowColumn.Type.UTF8, true));
    }
    columns.add(new ArrowColumn(SCORE, ArrowColumn.Type.FLOAT32, false));
    features.forEach(name -> columns.add(new ArrowColumn(name, ArrowColumn.Type.UTF8, true)));
    return columns;
  }

  boolean isFull() {
    return rows == ROWS || bytes >= BYTES;
  }

  /** About how many bytes the rows have. */
  int bytes() {
    return bytes;
  }

  void begin(byte[] request, int number, long time, float score) {
    requests.add(request, 0, request.length);
    numbers[rows] = number;
    times[rows] = time;
    scores[rows] = score;
    bytes += request.length + 20;
  }

  void identifier(byte[] utf8, int from, int to) {
    if (identifiers != null) {
      identifiers.add(utf8, from, to);
      bytes += to - from;
    }
  }

  void cell(int column, byte[] utf8, int from, int to) {
    cells[column].add(utf8, from, to);
    bytes += to - from;
  }

  void end() {
    rows++;
    if (identifiers != null) {
      identifiers.fill(rows);
    }
    for (TextColumn column : cells) {
      column.fill(rows);
    }
    bytes += 4 * cells.length;
  }

  @Override
  public int rows() {
    return rows;
  }

  private int fixed() {
    return identifiers == null ? 4 : 5;
  }

  @Override
  public int[] nulls() {
    int[] nulls = new int[fixed() + cells.length];
    if (identifiers != null) {
      nulls[3] = identifiers.nulls();
    }
    for (int i = 0; i < cells.length; i++) {
      nulls[fixed() + i] = cells[i].nulls();
    }
    return nulls;
  }

  @Override
  public long[] lengths() {
    int first = identifiers == null ? 9 : 12;
    long[] lengths = new long[first + 3 * cells.length];
    requests.putLengths(lengths, 0);
    lengths[4] = 4L * rows;
    lengths[6] = 8L * rows;
    if (identifiers != null) {
      identifiers.putLengths(lengths, 7);
    }
    lengths[first - 1] = 4L * rows;
    for (int i = 0; i < cells.length; i++) {
      cells[i].putLengths(lengths, first + 3 * i);
    }
    return lengths;
  }

  @Override
  public void put(ByteBuffer body) {
    requests.put(body);
    for (int i = 0; i < rows; i++) {
      body.putInt(numbers[i]);
    }
    ArrowBody.pad(body);
    for (int i = 0; i < rows; i++) {
      body.putLong(times[i]);
    }
    if (identifiers != null) {
      identifiers.put(body);
    }
    for (int i = 0; i < rows; i++) {
      body.putFloat(scores[i]);
    }
    ArrowBody.pad(body);
    for (TextColumn column : cells) {
      column.put(body);
    }
  }

  /** Begins with the next batch. */
  void clear() {
    rows = 0;
    bytes = 0;
    requests.clear();
    if (identifiers != null) {
      identifiers.clear();
    }
    for (TextColumn column : cells) {
      column.clear();
    }
  }
}
