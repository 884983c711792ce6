package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.BadCell;
import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.FittedCategory;
import dev.propensity.dataset.encoder.LabelReader;
import dev.propensity.dataset.encoder.NumberReader;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.Numbers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Encodes chunks of a table's records, one after another; of several, each has its thread. */
final class RowDecoder {
  /**
   * Of further bad rows in a chunk only the rules are kept, since a malicious table may have
   * millions.
   */
  private static final int DETAILED = 10;

  private static final Map<BadCell.Rule, BadCell> ABRIDGED = new EnumMap<>(BadCell.Rule.class);
  private static final Map<BadCell.Rule, List<BadCell>> ABRIDGED_ALONE =
      new EnumMap<>(BadCell.Rule.class);

  static {
    for (BadCell.Rule rule : BadCell.Rule.values()) {
      ABRIDGED.put(rule, new BadCell("", "", rule, ""));
      ABRIDGED_ALONE.put(rule, List.of(ABRIDGED.get(rule)));
    }
  }

  private final RowSchema schema;
  private final int[] roles;
  private final DecimalSign decimal;
  private final CsvCells cells;
  private final CellText text;
  private final List<ColumnRules> columns;
  private final List<CellReader> readers;
  private final CellReader[] only; // by column, its reader; null where it has several targets
  private final NumberReader[] numbers; // the same, where it reads plain numbers
  private final int[] features; // the target of the only reader
  private final boolean[] settling; // by column, whether its cells settle the decimal sign
  private final @Nullable LabelReader labels;
  private final String expected;

  private byte[] identifier = new byte[64];
  private int identifierLength;
  private byte label;
  private final List<BadCell> bad = new ArrayList<>();
  private boolean keepsAllBadRows;
  private final Set<String> unseen = new LinkedHashSet<>(); // columns of the record
  private final List<LookAlike> lookAlikes = new ArrayList<>(); // of the record

  private record LookAlike(String column, String word, String known) {}

  /**
   * @param roles of the cells, as the schema gives them for the table's header
   * @param hasHeader whether the table has one; else its columns are the model's
   */
  RowDecoder(
      RowSchema schema,
      int[] roles,
      String where,
      boolean hasHeader,
      char separator,
      DecimalSign decimal) {
    this.schema = schema;
    this.roles = roles;
    this.decimal = decimal;
    this.cells = new CsvCells(where, separator);
    this.text = new CellText(where);
    this.columns = schema.columns();
    this.readers = schema.readers();
    this.labels = schema.policy() == RowPolicy.TRAINING ? new LabelReader(schema.label()) : null;
    this.expected =
        hasHeader
            ? "the header has " + roles.length
            : "the model has " + roles.length + (roles.length == 1 ? " column" : " columns");
    this.only = new CellReader[columns.size()];
    this.numbers = new NumberReader[columns.size()];
    this.features = new int[columns.size()];
    this.settling = settling();
    for (int i = 0; i < only.length && schema.widths().length == 1; i++) {
      ColumnRules.FeatureRule rule = columns.get(i).rules().get(0);
      only[i] = readers.get(rule.place());
      features[i] = rule.targets().get(0).feature();
      if (only[i] instanceof NumberReader number && number.readsPlainNumbers()) {
        numbers[i] = number;
      }
    }
  }

  /** Settles the decimal sign by the first number of these records that has one. */
  void detectDecimalSign(CsvChunk chunk) {
    cells.open(chunk);
    while (!decimal.isKnown() && cells.nextRecord()) {
      int cell = 0;
      do {
        cells.cell();
        int role = cell < roles.length ? roles[cell] : HeaderRoles.IGNORED;
        if (role >= 0 && settling[role]) {
          text.set(cells);
          detectDecimalSign(readers.get(columns.get(role).rules().get(0).place()));
        }
        cell++;
      } while (!cells.endsRecord());
    }
  }

  /** Numbers settle it; where there is no column of numbers, any cell that is a number. */
  private boolean[] settling() {
    boolean[] numeric = new boolean[columns.size()];
    boolean any = false;
    for (int i = 0; i < numeric.length; i++) {
      numeric[i] =
          columns.get(i).rules().stream()
              .anyMatch(rule -> readers.get(rule.place()) instanceof NumberReader);
      any |= numeric[i];
    }
    if (!any) {
      Arrays.fill(numeric, true);
    }
    return numeric;
  }

  private void detectDecimalSign(CellReader reader) {
    if (!decimal.isKnown() && !reader.isMissingWord(text)) {
      decimal.detect(text);
    }
  }

  /** Keeps all errors of every bad row, for listeners. */
  void keepAllBadRows() {
    keepsAllBadRows = true;
  }

  /** The readers of cells, which may collect values. */
  List<CellReader> readers() {
    return readers;
  }

  /**
   * Reads a chunk's records.
   *
   * @throws dev.propensity.foundation.UserException where the rest of the table is not a CSV
   */
  RowBatch decode(CsvChunk chunk) {
    RowBatch batch = new RowBatch(chunk, roles.length, schema.widths(), schema.isFitting());
    cells.open(chunk);
    while (cells.nextRecord()) {
      readRecord(batch);
    }
    return batch;
  }

  private void readRecord(RowBatch batch) {
    identifierLength = 0;
    label = 0;
    unseen.clear();
    lookAlikes.clear();
    int cell = 0;
    do {
      int role = cell < roles.length ? roles[cell] : HeaderRoles.IGNORED;
      if (role >= 0) {
        readFeature(role, batch);
      } else {
        readOther(role);
      }
      cell++;
    } while (!cells.endsRecord());
    boolean detailed = keepsAllBadRows || batch.bad().size() < DETAILED;
    if (cell != roles.length) {
      bad.clear();
      bad.add(detailed ? ragged(batch.chunk(), cell) : ABRIDGED.get(BadCell.Rule.RAGGED));
    } else {
      checkIdentifier();
    }
    if (bad.isEmpty()) {
      unseen.forEach(batch::addUnseen);
      lookAlikes.forEach(alike -> batch.addLookAlike(alike.column, alike.word, alike.known));
      batch.add(identifier, identifierLength, label, cells.recordLine(), cells.recordStart());
    } else {
      List<BadCell> kept = detailed ? List.copyOf(bad) : abridged();
      batch.addBad(cells.recordLine(), cells.recordStart(), kept);
      bad.clear();
    }
  }

  /** The bad cells by their rules alone. */
  private List<BadCell> abridged() {
    return bad.size() == 1
        ? Objects.requireNonNull(ABRIDGED_ALONE.get(bad.get(0).rule))
        : bad.stream().map(cell -> ABRIDGED.get(cell.rule)).toList();
  }

  private void readFeature(int column, RowBatch batch) {
    NumberReader number = numbers[column];
    if (number == null || !cells.number(decimal.sign())) {
      cells.cell();
      readText(column, batch);
      return;
    }
    double value = cells.number();
    if (value >= number.minimum && value <= number.maximum) {
      batch.setOnly(features[column], (float) value, value);
    } else {
      readText(column, batch);
    }
  }

  private void readText(int column, RowBatch batch) {
    text.set(cells);
    CellReader reader = only[column];
    if (reader == null) {
      readByRules(column, batch);
      return;
    }
    try {
      float value = read(column, reader);
      double number = value;
      if (batch.keepsExact() && reader instanceof NumberReader) {
        number = Numbers.parseOrNaN(CellReader.trimmed(text.string()));
      }
      batch.setOnly(features[column], value, number);
    } catch (BadCell e) {
      addBad(e);
    }
  }

  /** Where there are several encoders. */
  private void readByRules(int column, RowBatch batch) {
    for (ColumnRules.FeatureRule rule : columns.get(column).rules()) {
      text.set(cells); // again, for the rule before may have changed its decimal sign
      try {
        float value = read(column, readers.get(rule.place()));
        for (ColumnRules.Target target : rule.targets()) {
          batch.set(target.encoder(), target.feature(), value);
        }
      } catch (BadCell e) {
        addBad(e);
        return;
      }
    }
  }

  private float read(int column, CellReader reader) {
    if (settling[column]) {
      detectDecimalSign(reader);
    }
    if (reader instanceof NumberReader) {
      if (!reader.isMissingWord(text)) {
        decimal.apply(text, reader.column.name());
      }
    } else if (decimal.isComma() && reader.comparesNumbers() && !reader.isMissingWord(text)) {
      decimal.applyToCategory(text);
    }
    float value = reader.read(text.chars(), 0, text.length());
    if (reader instanceof FittedCategory fitted && value == fitted.unseen) {
      addUnseen(fitted);
    }
    return value;
  }

  private void addBad(BadCell e) {
    text.set(cells); // with its own decimal sign
    bad.add(new BadCell(e.column, text.string(), e.rule, e.getMessage()));
  }

  private void addUnseen(FittedCategory fitted) {
    String word = CellReader.trimmed(text.string());
    String alike = fitted.lookAlike(word);
    unseen.add(fitted.column.name());
    if (alike != null) {
      lookAlikes.add(new LookAlike(fitted.column.name(), word, alike));
    }
  }

  private void readOther(int role) {
    cells.cell();
    if (!cells.isAscii() || role == HeaderRoles.LABEL) {
      text.set(cells); // of an ignored cell only to see that it is in UTF-8
    }
    if (role == HeaderRoles.IDENTIFIER) {
      takeIdentifier();
    } else if (role == HeaderRoles.LABEL) {
      readLabel();
    }
  }

  private void readLabel() {
    LabelReader labels = Objects.requireNonNull(this.labels, "labels are not read by this policy");
    if (labels.comparesNumbers()) {
      decimal.applyToCategory(text);
    }
    try {
      label = labels.read(text.chars(), text.length());
    } catch (BadCell e) {
      addBad(e);
    }
  }

  private void takeIdentifier() {
    identifierLength = cells.end() - cells.start();
    if (identifier.length < identifierLength) {
      identifier = new byte[identifierLength * 2];
    }
    System.arraycopy(cells.text(), cells.start(), identifier, 0, identifierLength);
    if (identifierLength == 0) {
      identifierLength = -1;
    }
  }

  private void checkIdentifier() {
    if (identifierLength < 0) {
      identifierLength = 0;
      String broken = Objects.requireNonNull(IdentifierRule.error(0));
      bad.add(new BadCell(schema.identifier(), "", BadCell.Rule.MISSING, broken));
    } else if (identifierLength > 0) {
      String broken = IdentifierRule.error(identifierLength);
      if (broken != null) {
        int shown = IdentifierRule.MAX_LENGTH;
        String value = new String(identifier, 0, shown, StandardCharsets.UTF_8);
        bad.add(new BadCell(schema.identifier(), value, BadCell.Rule.TOO_LONG, broken));
      }
    }
  }

  private BadCell ragged(CsvChunk chunk, int count) {
    CsvCells record = new CsvCells("", cells.separator());
    record.openRecord(chunk, cells.recordStart());
    StringBuilder shown = new StringBuilder();
    CellText cell = new CellText("the row");
    boolean lastIsEmpty = false;
    for (int i = 0; i < count; i++) {
      record.cell();
      lastIsEmpty = record.start() == record.end();
      if (i < 2) {
        cell.set(record);
        shown.append(cell.string()).append(count > 1 ? "," : "");
      }
    }
    String hint =
        count == roles.length + 1 && lastIsEmpty
            ? "; the last is empty: remove the separator at the line's end"
            : "";
    return new BadCell(
        "the row",
        shown + (count > 1 ? "…" : ""),
        BadCell.Rule.RAGGED,
        count + (count == 1 ? " cell" : " cells") + " where " + expected + hint);
  }
}
