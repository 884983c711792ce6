package dev.propensity.tasks.serve.capture;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.rows.RawCells;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.result.Diagnostics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a request, encoded while it has their cells. Of more than {@value #MAX_ROWS} rows, or
 * of more than 2 MiB, a random sample is kept: those whose hash is below a limit, which is halved
 * each time that there are too many. The hash is of the row's number and of a random number that
 * each request draws, so that every row is as likely to be kept, and no client decides which by the
 * request's id or by the cells. Used by one thread at a time.
 */
public final class CapturedRequest {
  private static final int MAX_ROWS = 10_000;
  private static final int MAX_BYTES = 2 << 20;

  // The memory for one row of usual cells.
  private static final int FIXED = 64;
  private static final int TYPICAL_CELL = 12;

  /** The place of a row's identifier, before those of the captured columns. */
  static final int IDENTIFIER = 0;

  private final @Nullable CapturedColumns columns; // null where nothing is captured
  private final @Nullable CaptureCounts counts;
  private final long seed;
  private long limit; // of the hashes, from 0 to 2^63 - 1
  private final RowBytes rows;
  private @Nullable RawCells cells;
  private int number; // of the last row
  private boolean open; // whether the last row is kept

  private CapturedRequest() {
    this.columns = null;
    this.counts = null;
    this.seed = 0;
    this.rows = new RowBytes(0);
  }

  /**
   * @param share of the rows that are kept
   * @param seed of the rows' hashes
   */
  CapturedRequest(CapturedColumns columns, CaptureCounts counts, double share, long seed) {
    this.columns = columns;
    this.counts = counts;
    this.seed = seed;
    this.rows = new RowBytes(FIXED + TYPICAL_CELL * columns.names().size());
    this.limit = share >= 1 ? Long.MAX_VALUE : (long) (share * Long.MAX_VALUE);
  }

  /** A request whose rows are not captured. */
  public static CapturedRequest none() {
    return new CapturedRequest();
  }

  /** Captures scored rows of a table. */
  public void add(RowReader table, RowBatch batch, float[] scores) {
    if (columns == null) {
      return;
    }
    if (cells == null) {
      cells = new RawCells(table);
    }
    boolean identified = columns.isIdentified() && !table.isNumbered();
    for (int row = 0; row < scores.length; row++) {
      begin();
      if (open) {
        if (identified) {
          int start = batch.identifierStart(row);
          rows.text(IDENTIFIER, batch.identifiers(), start, batch.identifierEnd(row));
        }
        cells.read(batch, row, this::cell);
      }
      end(scores[row]);
    }
  }

  /** Begins a row; its cells and identifier follow, and {@link #end}. */
  public void begin() {
    if (columns != null) {
      number++;
      open = hash(number) <= limit;
      if (open) {
        rows.begin(number);
      }
    }
  }

  /** Adds the row's identifier. */
  public void identifier(String text) {
    if (open && columns != null && columns.isIdentified()) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      rows.text(IDENTIFIER, utf8, 0, utf8.length);
    }
  }

  /**
   * Adds a cell of the row that is not missing; blanks around it are left out.
   *
   * @param feature its place among the encoder's columns
   */
  public void cell(int feature, char[] text, int offset, int length) {
    if (open && columns != null && columns.places()[feature] >= 0) {
      int from = offset;
      int to = offset + length;
      while (from < to && CellReader.isBlank(text[from])) {
        from++;
      }
      while (to > from && CellReader.isBlank(text[to - 1])) {
        to--;
      }
      rows.text(1 + columns.places()[feature], text, from, to);
    }
  }

  private void cell(int feature, byte[] utf8, int from, int to) {
    if (columns != null && columns.places()[feature] >= 0) {
      rows.text(1 + columns.places()[feature], utf8, from, to);
    }
  }

  /** Ends the row. */
  public void end(float score) {
    if (open) {
      rows.end(score);
      while (rows.rows() > MAX_ROWS || rows.length() > MAX_BYTES) {
        limit >>= 1;
        rows.keep(row -> hash(row) <= limit);
      }
      open = false;
    }
  }

  // SplitMix64's finalizer (Steele et al., 2014).
  private long hash(int row) {
    long z = seed + row * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return (z ^ z >>> 31) >>> 1;
  }

  /** Counts the errors of a table that is rejected; none is fine. */
  public void reject(Diagnostics errors) {
    reject(errors.rows(), errors.byColumn());
  }

  /**
   * Counts the errors of rows that are rejected.
   *
   * @param rejected how many rows there are
   * @param cells by column and rule, how many cells violated it
   */
  public void reject(long rejected, SortedMap<String, SortedMap<String, Long>> cells) {
    if (columns != null && counts != null && rejected > 0) {
      counts.reject(columns, rejected, cells);
    }
  }

  /**
   * Counts a table whose header is rejected: all of its rows, for each column.
   *
   * @param count counts the table's rows; not called where nothing is captured
   * @param rules by column, the rule that the header breaks
   */
  public void rejectTable(LongSupplier count, Map<String, String> rules) {
    if (columns != null && counts != null) {
      long rejected = count.getAsLong();
      SortedMap<String, SortedMap<String, Long>> cells = new TreeMap<>();
      rules.forEach((column, rule) -> cells.put(column, new TreeMap<>(Map.of(rule, rejected))));
      reject(rejected, cells);
    }
  }

  /** What is offered to the queue; null where the request has no row to capture or to count. */
  @Nullable CapturedRows rows(byte[] request, long time) {
    return columns == null || number == 0
        ? null
        : new CapturedRows(
            columns, request, time, rows.bytes(), rows.length(), rows.rows(), number);
  }
}
