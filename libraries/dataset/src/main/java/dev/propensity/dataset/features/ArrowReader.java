package dev.propensity.dataset.features;

import dev.propensity.foundation.UserException;
import dev.propensity.table.arrow.ArrowColumn;
import dev.propensity.table.arrow.ArrowFileReader;
import java.nio.file.Path;
import java.util.List;

/** Reads a split's Arrow IPC file as {@link ArrowWriter} writes it. */
final class ArrowReader {
  private ArrowReader() {}

  static FeatureTable read(Path path) {
    String damaged = path.getFileName() + " is not a split's Arrow file, or is damaged";
    try (ArrowFileReader file = new ArrowFileReader(path, damaged)) {
      List<ArrowColumn> columns = file.columns();
      if (!isSplit(columns)) {
        throw new UserException(damaged);
      }
      return table(file, path, columns.stream().map(ArrowColumn::name).toList());
    }
  }

  private static boolean isSplit(List<ArrowColumn> columns) {
    return columns.size() >= 2
        && columns.get(0).type() == ArrowColumn.Type.UTF8
        && columns.get(1).type() == ArrowColumn.Type.INT8
        && columns.stream().skip(2).allMatch(c -> c.type() == ArrowColumn.Type.FLOAT32);
  }

  private static FeatureTable table(ArrowFileReader file, Path path, List<String> names) {
    long rows = 0;
    for (int i = 0; i < file.batches(); i++) {
      rows += file.rows(i);
    }
    int features = names.size() - 2;
    if (rows * Math.max(1, features) > Integer.MAX_VALUE - 8) {
      throw new UserException(path.getFileName() + " has " + rows + " rows: too many for memory");
    }
    byte[] labels = new byte[(int) rows];
    float[] values = new float[(int) rows * features];
    Identifiers identifiers = new Identifiers((int) rows);
    int row = 0;
    for (int i = 0; i < file.batches(); i++) {
      ArrowFileReader.Batch batch = file.batch(i);
      int count = batch.rows();
      identifiers.add(batch.buffer(1), batch.buffer(2), row, count);
      batch.buffer(4).get(labels, row, count);
      float[] column = new float[count];
      for (int feature = 0; feature < features; feature++) {
        batch.buffer(6 + 2 * feature).asFloatBuffer().get(column);
        for (int r = 0, to = row * features + feature; r < count; r++, to += features) {
          values[to] = column[r];
        }
      }
      row += count;
    }
    return new FeatureTable(names.subList(2, names.size()), identifiers, labels, values);
  }
}
