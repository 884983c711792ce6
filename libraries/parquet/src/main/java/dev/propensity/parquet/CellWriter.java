package dev.propensity.parquet;

import dev.propensity.table.CsvWriter;
import java.util.Objects;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.jspecify.annotations.Nullable;

/** Writes the values of one column in one row group as cells. */
final class CellWriter extends PrimitiveConverter {
  private final ValueText text;
  private final CsvWriter out;
  private final boolean decimalComma;
  private @Nullable Dictionary dictionary;
  private byte[] @Nullable [] texts = {}; // of the dictionary's entries, where they were used

  /**
   * @param decimalComma whether numbers are written with a decimal comma
   */
  CellWriter(ValueText text, CsvWriter out, boolean decimalComma) {
    this.text = text;
    this.out = out;
    this.decimalComma = decimalComma;
  }

  @Override
  public boolean hasDictionarySupport() {
    return text.isPlain(); // others need much more memory as text than as values
  }

  @Override
  public void setDictionary(Dictionary entries) {
    dictionary = entries;
    texts = new byte[entries.getMaxId() + 1][];
  }

  @Override
  public void addValueFromDictionary(int id) {
    byte[] utf8 = texts[id];
    if (utf8 == null) {
      utf8 = TextRules.checked(Objects.requireNonNull(dictionary).decodeToBinary(id));
      texts[id] = utf8;
    }
    out.cell(utf8, 0, utf8.length);
  }

  @Override
  public void addBinary(Binary value) {
    if (text.isPlain()) {
      byte[] utf8 = TextRules.checked(value);
      out.cell(utf8, 0, utf8.length);
    } else {
      cell(text.of(value));
    }
  }

  @Override
  public void addBoolean(boolean value) {
    out.cell(text.of(value));
  }

  @Override
  public void addInt(int value) {
    cell(text.of(value));
  }

  @Override
  public void addLong(long value) {
    cell(text.of(value));
  }

  @Override
  public void addFloat(float value) {
    cell(text.of(value));
  }

  @Override
  public void addDouble(double value) {
    cell(text.of(value));
  }

  private void cell(String value) {
    out.cell(decimalComma && text.isNumber() ? value.replace('.', ',') : value);
  }
}
