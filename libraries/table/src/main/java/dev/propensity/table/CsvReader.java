package dev.propensity.table;

import dev.propensity.foundation.UserException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CSV: its dialect, its header, and its records in chunks. Memory is a chunk, which bounds the
 * longest record.
 */
public final class CsvReader {
  private static final int MAX_COLUMNS = 1 << 14;

  /**
   * Longer texts are compared as they are: normalizing marks takes time that is quadratic in their
   * number.
   */
  public static final int MAX_NORMALIZED_LENGTH = 1024;

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
   *     #name} writes them
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
      names = names(cells, where);
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
    List<String> names = columns.stream().map(CsvReader::name).toList();
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

  /** A column's name as names are compared: trimmed, in Unicode's form NFC. */
  public static String name(String text) {
    if (text.length() > MAX_NORMALIZED_LENGTH) {
      return text.strip();
    }
    return isPlain(text) ? text : Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
  }

  /**
   * Whether the text is ASCII without blanks, as most names are; it is checked for names in each
   * JSON row.
   */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The names in a line that need not be in UTF-8. */
  static List<String> names(CsvChunk line, char separator) {
    List<String> names = new ArrayList<>();
    CsvCells cells = new CsvCells("", separator);
    cells.open(line);
    try {
      while (names.isEmpty() && cells.nextRecord()) {
        do {
          cells.cell();
          int length = cells.end() - cells.start();
          names.add(name(new String(cells.text(), cells.start(), length, StandardCharsets.UTF_8)));
        } while (!cells.endsRecord());
      }
    } catch (UserException e) {
      return List.of(); // not a CSV with this separator
    }
    return names;
  }

  private static List<String> names(CsvCells cells, String where) {
    List<String> names = new ArrayList<>();
    CellText text = new CellText(where);
    if (!cells.nextRecord()) {
      return names;
    }
    do {
      cells.cell();
      text.set(cells);
      names.add(name(text.string()));
      if (names.size() > MAX_COLUMNS) {
        throw new UserException(
            where + ", line " + cells.recordLine() + ": more than " + MAX_COLUMNS + " columns");
      }
    } while (!cells.endsRecord());
    return names;
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
