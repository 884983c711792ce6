package dev.propensity.parquet;

import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Parquet file.
 *
 * @param name as in the file
 * @param leaf the place of its chunk in each row group; -1 where it is not read
 * @param descriptor for the reader of its values; null where it is not read
 * @param text of its values; null where it is not read
 * @param type what it holds, in words: {@code a list}
 */
record ParquetColumn(
    String name,
    int leaf,
    @Nullable ColumnDescriptor descriptor,
    @Nullable ValueText text,
    String type) {
  /** A column that is read. */
  static ParquetColumn read(ColumnDescriptor descriptor, int leaf, ValueText text) {
    return new ParquetColumn(descriptor.getPath()[0], leaf, descriptor, text, "a value");
  }

  /** A column that is not read. */
  static ParquetColumn unread(String name, String type) {
    return new ParquetColumn(name, -1, null, null, type);
  }

  /** Whether it holds a number, text or time in each row. */
  boolean isRead() {
    return text != null;
  }

  ColumnDescriptor requireDescriptor() {
    return Objects.requireNonNull(descriptor);
  }

  ValueText requireText() {
    return Objects.requireNonNull(text);
  }
}
