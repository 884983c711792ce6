package dev.propensity.table;

import dev.propensity.foundation.UserException;
import dev.propensity.table.file.FileKind;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CSV: its dialect, its header, and its records in chunks. Memory is a chunk, which bounds the
 * longest record.
 */
public final class CsvReader {
  /** How many bytes a record may have, about. */
  public static final int MAX_RECORD_LENGTH = 1 << 22;

  private final String where;
  private final CsvChunks chunks;
  private final Dialect dialect;
  private final List<String> header;
  private final long headerLine;
  private final byte[] headerText;
  private @Nullable CsvChunk rest; // of the chunk that begins with the header

  private CsvReader(
      String where,
      CsvChunks chunks,
      Dialect dialect,
      List<String> header,
      long headerLine,
      byte[] headerText,
      @Nullable CsvChunk rest) {
    this.where = where;
    this.chunks = chunks;
    this.dialect = dialect;
    this.header = header;
    this.headerLine = headerLine;
    this.headerText = headerText;
    this.rest = rest;
  }

  /**
   * Detects the dialect and reads the header.
   *
   * @param in the table; the caller closes it
   * @param where the table's name, for errors
   * @param known columns that the header may have, by which its separator is detected; as {@link
   *     ColumnName} writes them
   * @throws UserException for what is not text in UTF-8 or empty
   */
  public static CsvReader open(InputStream in, String where, Set<String> known) {
    return open(new CsvChunks(in, where), where, known);
  }

  static CsvReader open(CsvChunks chunks, String where, Set<String> known) {
    DialectDetector detector = detector(chunks, where);
    byte[] start = Arrays.copyOf(chunks.start(), detector.mark() + detector.directive());
    Dialect dialect = detect(chunks, detector, detector.separator(known));
    CsvCells cells = new CsvCells(where, dialect.separator());
    List<String> names;
    CsvChunk first;
    do { // a chunk may be of empty lines alone
      first = chunks.next();
      if (first == null) {
        throw new UserException(where + " is empty: a CSV with a header line is expected");
      }
      cells.open(first);
      names = ColumnName.read(cells, where);
    } while (names.isEmpty());
    long line = cells.recordLine();
    int used = (int) (cells.line() - first.line());
    CsvChunk rest =
        new CsvChunk(
            first.bytes(), cells.position(), first.to(), cells.line(), first.lines() - used);
    int begin = cells.recordStart();
    byte[] text = Arrays.copyOf(start, start.length + cells.position() - begin);
    System.arraycopy(first.bytes(), begin, text, start.length, cells.position() - begin);
    return new CsvReader(where, chunks, dialect, names, line, text, rest);
  }

  /**
   * Reads a table whose first line is a row already.
   *
   * @param columns the columns of each row, in their order
   */
  public static CsvReader withoutHeader(InputStream in, String where, List<String> columns) {
    CsvChunks chunks = new CsvChunks(in, where);
    DialectDetector detector = detector(chunks, where);
    Dialect dialect = detect(chunks, detector, detector.separator(columns.size()));
    List<String> names = columns.stream().map(ColumnName::of).toList();
    return new CsvReader(where, chunks, dialect, names, 0, new byte[0], null);
  }

  private static DialectDetector detector(CsvChunks chunks, String where) {
    FileKind.of(chunks.start(), chunks.available()).requireText(where);
    return new DialectDetector(chunks.start(), chunks.available());
  }

  private static Dialect detect(CsvChunks chunks, DialectDetector detector, char separator) {
    boolean marked = detector.mark() > 0;
    int directive = detector.directive();
    chunks.skip(detector.mark() + directive);
    if (directive > 0) {
      chunks.startAtLine(2);
    }
    chunks.separator(separator);
    return new Dialect(separator, separator == ';' ? Dialect.UNKNOWN : '.', marked);
  }

  /** How the file is written; where semicolons separate, numbers show the decimal sign. */
  public Dialect dialect() {
    return dialect;
  }

  /** The columns' names, trimmed and in NFC. */
  public List<String> header() {
    return header;
  }

  /** The line of the header, from 1; 0 where there is none. */
  public long headerLine() {
    return headerLine;
  }

  /**
   * The bytes that define the table's dialect and columns, as in the file: byte order mark, {@code
   * sep=} line and header. Empty where there is no header; not a copy.
   */
  public byte[] headerText() {
    return headerText;
  }

  /** The table's name in error messages. */
  public String where() {
    return where;
  }

  /** The next records; null at the end. */
  public @Nullable CsvChunk next() {
    if (rest != null) {
      CsvChunk chunk = rest;
      rest = null;
      if (chunk.length() > 0) {
        return chunk;
      }
    }
    return chunks.next();
  }
}
