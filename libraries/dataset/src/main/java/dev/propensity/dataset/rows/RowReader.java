package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.rows.result.Diagnostics;
import dev.propensity.dataset.rows.result.TableRejectedException;
import dev.propensity.dataset.rows.result.UnseenCategories;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CellError;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import dev.propensity.table.Dialect;
import dev.propensity.table.SourceFormat;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV batch by batch, encoded, by the same rules for every entry point: columns in any
 * order, others ignored. Only the {@link RowPolicy} differs. Records are cut in one thread; where
 * there are more, others decode and encode them, and batches come in the table's order all the
 * same. Memory does not grow with the rows, except for the hashes of identifiers: 30 to 60 bytes a
 * row, 90 while their table grows.
 */
public final class RowReader {
  /** A rejected row with its errors. */
  public interface InvalidRowListener {
    void add(long line, List<InvalidCell> cells, CsvChunk chunk, int recordStart);
  }

  private final String where;
  private final RowSchema schema;
  private final CsvReader table;
  private final int[] roles;
  private final boolean numbered;
  private final DecimalSign decimal;
  private final BatchDecoder batches;
  private final DuplicateIdentifiers duplicates;
  private final SourceFormat format;
  private final Diagnostics diagnostics;
  private final UnseenCategories unseen = new UnseenCategories();
  private InvalidRowListener invalidRows = (line, cells, chunk, start) -> {};
  private long records;

  private RowReader(
      String where, RowSchema schema, CsvReader table, int[] roles, SourceFormat format) {
    this.where = where;
    this.schema = schema;
    this.table = table;
    this.roles = roles;
    this.format = format;
    this.diagnostics = new Diagnostics(format);
    boolean identified = false;
    for (int role : roles) {
      identified |= role == HeaderRoles.IDENTIFIER;
    }
    this.numbered = !identified;
    this.decimal = DecimalSign.of(schema.decimal(), table.dialect().separator());
    this.batches = new BatchDecoder(table, schema, roles, decimal);
    this.duplicates = new DuplicateIdentifiers(schema, format);
  }

  /**
   * Reads the header.
   *
   * @param csv the table; the caller closes it
   * @param where the table's name, for errors
   * @throws UserException where the table is not CSV in UTF-8, or columns are missing or duplicate
   */
  public static RowReader open(InputStream csv, String where, RowSchema schema) {
    return open(csv, where, schema, SourceFormat.CSV);
  }

  /**
   * Reads the header of a table that was written in another format.
   *
   * @param csv the table as CSV; the caller closes it
   * @param format by which errors name rows and columns
   */
  public static RowReader open(
      InputStream csv, String where, RowSchema schema, SourceFormat format) {
    CsvReader table = CsvReader.open(csv, where, schema.names());
    return new RowReader(where, schema, table, HeaderRoles.of(schema, table, format), format);
  }

  /**
   * Reads a table whose header was read.
   *
   * @throws UserException where there is no header
   * @throws dev.propensity.dataset.rows.result.HeaderRejectedException where columns are missing or
   *     duplicate
   */
  public static RowReader of(CsvReader table, RowSchema schema) {
    int[] roles = HeaderRoles.of(schema, table, SourceFormat.CSV);
    return new RowReader(table.where(), schema, table, roles, SourceFormat.CSV);
  }

  /**
   * Reads a table without a header, whose columns are the schema's features in their order; rows
   * are identified by their number.
   */
  public static RowReader withoutHeader(InputStream csv, String where, RowSchema schema) {
    CsvReader table = CsvReader.withoutHeader(csv, where, schema.modelOrder());
    RowSchema numbered = schema.numbered();
    int[] roles = HeaderRoles.of(numbered, table, SourceFormat.CSV);
    return new RowReader(where, numbered, table, roles, SourceFormat.CSV);
  }

  /**
   * Decodes ahead in other threads. Where encoders are fitted, the pool must have one thread, for
   * words are collected in their order.
   *
   * @param pool runs the work
   * @param ahead how many batches are decoded ahead at most
   */
  public RowReader decodingAhead(Executor pool, int ahead) {
    batches.decodeAhead(pool, ahead);
    return this;
  }

  /** Passes on the errors of all rejected rows, in the table's order. */
  public RowReader reportingErrors(Consumer<CellError> errors) {
    return reportingInvalidRows(
        (line, cells, chunk, start) -> cells.forEach(cell -> errors.accept(cell.on(line))));
  }

  /** Passes on each rejected row. */
  public RowReader reportingInvalidRows(InvalidRowListener listener) {
    this.invalidRows = listener;
    batches.keepAllInvalidRows();
    return this;
  }

  /**
   * The next rows in their order, without the invalid ones, which are counted by {@link
   * #diagnostics}; null at the end.
   *
   * @throws UserException where the rest of the table is not a CSV
   */
  public @Nullable RowBatch next() {
    RowBatch batch = batches.next();
    if (batch == null) {
      return null;
    }
    if (!format.hasLines()) {
      batch.countLines(records);
    }
    if (numbered) {
      batch.number(records);
    } else {
      duplicates.check(batch);
    }
    for (InvalidRow invalid : batch.invalid()) {
      diagnostics.addRow(invalid.line(), invalid.cells());
      invalidRows.add(invalid.line(), invalid.cells(), batch.chunk(), invalid.recordStart());
    }
    unseen.add(batch.unseen().rows(), batch.unseen().lookAlikes());
    unseen.addRows(batch.rows());
    records += batch.records();
    return batch;
  }

  /**
   * Rejects the table if it has no rows, or more invalid ones than may be quarantined.
   *
   * @param share of the rows that may be invalid
   * @param advice what to do where there are more; may be empty
   * @throws TableRejectedException that names the first ten invalid cells and counts all
   */
  public void requireValidRows(double share, String advice) {
    if (records == 0) {
      throw new UserException(where + " has a header and no rows");
    }
    if (diagnostics.rows() > share * records) {
      throw diagnostics.rejection(where, dialect(), records, advice);
    }
  }

  /** The errors so far; updated while rows are read. */
  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /** The cells so far whose category is not in the training data. */
  public UnseenCategories unseen() {
    return unseen;
  }

  /** How many rows were read so far, valid and invalid. */
  public long rows() {
    return records;
  }

  /** How many rows so far have the identifier of an earlier one; they are errors in training. */
  public long duplicates() {
    return duplicates.count();
  }

  /** Some of the duplicates, each with its lines. */
  public List<String> duplicateExamples() {
    return duplicates.examples();
  }

  /** Whether rows are identified by their number. */
  public boolean isNumbered() {
    return numbered;
  }

  /** The table's dialect, as far as it is detected. */
  public Dialect dialect() {
    return table.dialect().withDecimal((char) decimal.sign());
  }

  /** The columns' names, trimmed and in NFC. */
  public List<String> header() {
    return table.header();
  }

  public RowSchema schema() {
    return schema;
  }

  /** What each cell of a record is; see {@link HeaderRoles#of}. */
  int[] roles() {
    return roles;
  }

  /** The cells of records, to read them as they are. */
  CsvCells cells() {
    return new CsvCells(where, table.dialect().separator());
  }

  /** What collects the words of columns, where encoders are fitted. */
  public List<CellReader> readers() {
    return batches.readers();
  }
}
