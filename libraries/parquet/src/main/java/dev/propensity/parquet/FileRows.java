package dev.propensity.parquet;

import dev.propensity.foundation.UserException;
import dev.propensity.table.CsvReader;
import dev.propensity.table.CsvWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;

/** Writes the rows of a file as CSV, row by row: one row group after another. */
final class FileRows {
  /** A column's place in its row group. */
  private record Cursor(ColumnReader values, ColumnPages pages, int present) {}

  private final ParquetFile file;
  private final List<ParquetColumn> columns;
  private final CsvWriter out;
  private final boolean decimalComma;
  private final PageMemory memory;
  private final List<Cursor> cursors = new ArrayList<>();
  private int rowGroup;
  private long left; // rows of the row group
  private long row;

  /**
   * @param columns the cells of each row, in their order
   * @param out keeps what is written in memory
   */
  FileRows(
      ParquetFile file,
      List<ParquetColumn> columns,
      CsvWriter out,
      boolean decimalComma,
      PageMemory memory) {
    this.file = file;
    this.columns = columns;
    this.out = out;
    this.decimalComma = decimalComma;
    this.memory = memory;
  }

  /**
   * Writes the next row; false at the end.
   *
   * @throws UserException that names the row and column where the file is damaged
   */
  boolean write() {
    while (left == 0) {
      if (rowGroup == file.rowGroups()) {
        release();
        return false;
      }
      open(rowGroup++);
    }
    left--;
    row++;
    int before = out.length();
    for (int i = 0; i < cursors.size(); i++) {
      write(cursors.get(i), columns.get(i));
      if (out.length() - before >= CsvReader.MAX_RECORD_LENGTH) {
        throw new UserException(file.where() + ", row " + row + ": a row of more than 4 MiB");
      }
    }
    out.end();
    return true;
  }

  private void write(Cursor cursor, ParquetColumn column) {
    ColumnReader values = cursor.values();
    try {
      if (values.getCurrentDefinitionLevel() == cursor.present()) {
        values.writeCurrentValueToConverter();
      } else {
        out.cell("");
      }
      values.consume();
    } catch (UserException | FileFaultException e) {
      throw e;
    } catch (TextRules.BrokenException e) {
      throw new UserException(place(column) + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw Footer.damaged(place(column), reason(e), e);
    }
  }

  private void open(int group) {
    release();
    left = file.rows(group);
    for (ParquetColumn column : left == 0 ? List.<ParquetColumn>of() : columns) {
      try {
        ColumnPages pages = file.pages(group, column, memory);
        CellWriter cells = new CellWriter(column.requireText(), out, decimalComma);
        int present = column.requireDescriptor().getMaxDefinitionLevel();
        cursors.add(
            new Cursor(
                new ColumnReaderImpl(column.requireDescriptor(), pages, cells, file.writer()),
                pages,
                present));
      } catch (UserException | FileFaultException e) {
        throw e;
      } catch (RuntimeException e) {
        String place = "column '" + column.name() + "' of row group " + (group + 1);
        throw Footer.damaged(file.where(), place + ": " + reason(e), e);
      }
    }
  }

  private void release() {
    cursors.forEach(cursor -> cursor.pages().release());
    cursors.clear();
  }

  private String place(ParquetColumn column) {
    return file.where() + ", row " + row + ", column '" + column.name() + "'";
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof DamagedPageException)) {
      cause = cause.getCause();
    }
    return cause == null ? "its pages cannot be decoded" : String.valueOf(cause.getMessage());
  }
}
