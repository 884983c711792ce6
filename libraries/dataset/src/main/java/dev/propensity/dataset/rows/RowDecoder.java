package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.DateParts;
import dev.propensity.dataset.encoder.FittedCategory;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.encoder.LabelReader;
import dev.propensity.dataset.encoder.NumberReader;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.Numbers;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Encodes chunks of a table's records, one after another; of several, each has its thread. */
final class RowDecoder {
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
  private final DecimalSignDetector detector;
  private final @Nullable LabelReader labels;
  private final DateParts[] parts; // by encoder; empty where none has any

  private final RecordIdentifier identifier;
  private final RecordErrors errors;
  private final RecordUnseen unseen = new RecordUnseen();
  private final RecordKey key;
  private byte label;

  /**
   * @param roles of the cells, by {@link HeaderRoles}
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
    this.identifier = new RecordIdentifier(schema.identifier());
    this.errors = new RecordErrors(roles.length, hasHeader, separator);
    this.only = new CellReader[columns.size()];
    this.numbers = new NumberReader[columns.size()];
    this.features = new int[columns.size()];
    this.parts =
        schema.parts().stream().allMatch(DateParts::isEmpty)
            ? new DateParts[0]
            : schema.parts().toArray(DateParts[]::new);
    this.detector = new DecimalSignDetector(decimal, columns, readers);
    for (int i = 0; i < only.length && schema.widths().length == 1; i++) {
      ColumnRules.FeatureRule rule = columns.get(i).rules().get(0);
      only[i] = readers.get(rule.place());
      features[i] = rule.targets().get(0).feature();
      if (only[i] instanceof NumberReader number && number.readsPlainNumbers()) {
        numbers[i] = number;
      }
    }
    this.key = new RecordKey(schema, readers, decimal);
  }

  /** Settles the decimal sign by the first number of these records that has one. */
  void detectDecimalSign(CsvChunk chunk) {
    detector.detect(chunk, roles, cells, text);
  }

  /** Keeps all errors of every invalid row, for listeners. */
  void keepAllInvalidRows() {
    errors.keepAll();
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
    identifier.clear();
    label = 0;
    unseen.clear();
    int cell = 0;
    do {
      int role = cell < roles.length ? roles[cell] : HeaderRoles.IGNORED;
      if (role >= 0) {
        readFeature(role, batch);
      } else {
        readOther(role);
      }
      if (role == key.role) {
        key.take(cells, text, errors);
      }
      cell++;
    } while (!cells.endsRecord());
    int start = cells.recordStart();
    if (cell == roles.length) {
      InvalidCell error = identifier.error();
      if (error != null) {
        errors.add(error);
      }
    } else {
      errors.setRagged(batch, start, cell);
    }
    long line = cells.recordLine();
    if (errors.isEmpty()) {
      unseen.addTo(batch);
      for (int e = 0; e < parts.length; e++) {
        batch.fill(e, parts[e]);
      }
      key.addTo(batch);
      batch.add(identifier.bytes(), identifier.length(), label, line, start);
    } else {
      errors.moveTo(batch, line, start);
    }
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
    } catch (InvalidCell e) {
      addInvalid(e);
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
      } catch (InvalidCell e) {
        addInvalid(e);
        return;
      }
    }
  }

  private float read(int column, CellReader reader) {
    detector.detect(column, reader, text);
    if (reader instanceof NumberReader) {
      if (!reader.isMissingWord(text)) {
        decimal.apply(text, reader.column.name());
      }
    } else if (decimal.isComma() && reader.comparesNumbers() && !reader.isMissingWord(text)) {
      decimal.applyToCategory(text);
    }
    float value = reader.read(text.chars(), 0, text.length());
    if (reader instanceof FittedCategory fitted && value == fitted.unseen) {
      unseen.add(fitted, CellReader.trimmed(text.string()));
    }
    return value;
  }

  private void addInvalid(InvalidCell e) {
    text.set(cells); // with its own decimal sign
    errors.add(new InvalidCell(e.column, text.string(), e.rule, e.getMessage()));
  }

  private void readOther(int role) {
    cells.cell();
    if (!cells.isAscii() || role == HeaderRoles.LABEL) {
      text.set(cells); // of an ignored cell only to see that it is in UTF-8
    }
    if (role == HeaderRoles.IDENTIFIER) {
      identifier.take(cells);
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
    } catch (InvalidCell e) {
      addInvalid(e);
    }
  }
}
