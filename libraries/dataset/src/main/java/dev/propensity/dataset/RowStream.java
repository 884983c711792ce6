package dev.propensity.dataset;

import dev.propensity.foundation.UserException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV encoded row by row while it arrives, for tables of any size: columns in any order, others
 * ignored, the label among them; separated by commas, semicolons or tabs, with or without a byte
 * order mark; with decimal commas where semicolons separate. Memory grows by 30 to 60 bytes a row,
 * for the doubled identifiers, 90 while their table grows.
 */
public final class RowStream {
  private static final int MOST_COLUMNS = 1 << 14;
  private static final int LONGEST_IDENTIFIER = 1024;

  private final String where;
  private final Encoder encoder;
  private final boolean numbered;
  private final ByteCells cells;
  private final CellText text;
  private final CellErrors errors = new CellErrors();
  private final IdentifierSet identifiers = new IdentifierSet();
  private final boolean marked;
  private final char separator;
  private final DecimalSign decimal;
  private final int[] roles; // of the cells, as the plan has them
  private final CellReader.Number[] numbers; // by feature; null for other kinds
  private byte[] identifier = new byte[64];
  private int identifierLength;
  private long rows;

  /**
   * Reads the header. Where columns are missing or doubled, {@link #errors} names them and there
   * are no rows.
   *
   * @param csv the caller closes it
   * @param where the table's name, for errors
   * @param numbered whether the row's number, from 1, is its identifier
   * @throws UserException where the table is no CSV in UTF-8
   */
  public RowStream(Encoder encoder, InputStream csv, String where, boolean numbered) {
    this.where = where;
    this.encoder = encoder;
    this.numbered = numbered;
    this.cells = new ByteCells(csv, where);
    this.text = new CellText(where);
    Sniffing sniffing = new Sniffing(where, cells.ahead());
    this.marked = sniffing.mark() > 0;
    RowPlan plan = new RowPlan(encoder, numbered);
    this.separator = sniffing.separator(plan.columns());
    this.decimal = new DecimalSign(separator == ';');
    cells.separator(separator);
    cells.skip(sniffing.mark());
    this.numbers = new CellReader.Number[encoder.features().size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = encoder.reader(i) instanceof CellReader.Number number ? number : null;
    }
    if (sniffing.hasDirective()) {
      names();
    }
    this.roles = plan.roles(names(), cells.rowLine(), errors);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    if (!cells.nextRow()) {
      throw new UserException(where + " is empty");
    }
    int after;
    do {
      after = cells.cell();
      text.set(cells);
      names.add(text.string());
      if (names.size() > MOST_COLUMNS) {
        throw new UserException(where + ", line 1: more than " + MOST_COLUMNS + " columns");
      }
    } while (after == ByteCells.SEPARATOR);
    return names;
  }

  /** What was found wrong so far; grows while rows are read. */
  public CellErrors errors() {
    return errors;
  }

  /** How many rows were read, the bad ones among them. */
  public long rows() {
    return rows;
  }

  /** How the table is written, as far as that has shown. */
  public Dialect dialect() {
    return new Dialect(separator, decimal.isComma(), marked);
  }

  /**
   * Reads the next rows, as many as there is room for; bad ones are left out and told by {@link
   * #errors}.
   *
   * @return whether any row was read
   * @throws UserException where the table is no CSV from here on
   */
  public boolean read(EncodedRows into) {
    into.clear();
    long before = rows;
    while (!into.isFull() && rows - before < into.capacity() && cells.nextRow()) {
      rows++;
      readRow(into);
    }
    return rows > before;
  }

  private void readRow(EncodedRows into) {
    long found = errors.count();
    float[] values = into.values();
    int offset = into.offset();
    int cell = 0;
    int after;
    do {
      int role = cell < roles.length ? roles[cell] : RowPlan.IGNORED;
      after = role >= 0 ? readFeature(role, values, offset + role) : readOther(role);
      cell++;
    } while (after == ByteCells.SEPARATOR);
    if (cell != roles.length) {
      errors.forget(found);
      String rule = cell + " cells where the header has " + roles.length;
      errors.add(cells.rowLine(), "the row", "", rule);
      return;
    }
    identify();
    if (errors.count() == found) {
      into.keep(identifier, identifierLength);
    }
  }

  private int readFeature(int feature, float[] values, int place) {
    CellReader.Number bounds = numbers[feature];
    if (bounds != null) {
      int after = cells.number(decimal.sign());
      if (after != ByteCells.NONE) {
        double value = cells.number();
        if (value >= bounds.minimum && value <= bounds.maximum) {
          values[place] = (float) value;
          return after;
        }
        readText(feature, values, place);
        return after;
      }
    }
    int after = cells.cell();
    readText(feature, values, place);
    return after;
  }

  private void readText(int feature, float[] values, int place) {
    text.set(cells);
    CellReader reader = encoder.reader(feature);
    try {
      if (numbers[feature] != null) {
        decimal.apply(text, reader.column.name());
      }
      values[place] = reader.read(text.chars(), 0, text.length());
    } catch (BadCell e) {
      text.set(cells); // as it stands there, with its own decimal sign
      errors.add(cells.rowLine(), e.column, text.string(), e.getMessage());
    }
  }

  private int readOther(int role) {
    int after = cells.cell();
    if (!cells.isAscii()) {
      text.set(cells); // only to see that it is UTF-8
    }
    if (role == RowPlan.IDENTIFIER) {
      identifierLength = cells.end() - cells.start();
      if (identifier.length < identifierLength) {
        identifier = new byte[identifierLength * 2];
      }
      System.arraycopy(cells.text(), cells.start(), identifier, 0, identifierLength);
    }
    return after;
  }

  private void identify() {
    if (numbered) {
      identifier = Long.toString(rows).getBytes(StandardCharsets.US_ASCII);
      identifierLength = identifier.length;
      return;
    }
    String broken = brokenRule();
    if (broken != null) {
      String value = new String(identifier, 0, identifierLength, StandardCharsets.UTF_8);
      errors.add(cells.rowLine(), encoder.identifier(), value, broken);
    }
  }

  private String brokenRule() {
    if (identifierLength == 0) {
      return "an identifier must stand here";
    }
    if (identifierLength > LONGEST_IDENTIFIER) {
      return "longer than " + LONGEST_IDENTIFIER + " bytes";
    }
    long first = identifiers.add(identifier, identifierLength, cells.rowLine());
    return first == 0 ? null : "stands already on line " + first;
  }
}
