package dev.propensity.dataset.features;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowPolicy;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.rows.result.TableRejectedException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An encoded split in memory: identifiers, labels, and values as {@code [rows][features]}. */
public final class FeatureTable {
  private final List<String> names;
  private String @Nullable [] identifiers;
  private @Nullable Identifiers packed;
  private final byte[] labels;
  private final float[] values;

  /**
   * @param names of the features
   * @param identifiers one a row
   * @param labels one a row: 1 positive, 0 negative, -1 unknown
   * @param values row-major {@code [rows][features]}; missing is NaN
   */
  public FeatureTable(
      List<String> names, String @Nullable [] identifiers, byte[] labels, float[] values) {
    this.names = List.copyOf(names);
    this.identifiers = identifiers;
    this.labels = labels;
    this.values = values;
  }

  FeatureTable(List<String> names, Identifiers identifiers, byte[] labels, float[] values) {
    this(names, (String[]) null, labels, values);
    this.packed = identifiers;
  }

  /**
   * Reads a split's Arrow IPC file.
   *
   * @throws dev.propensity.foundation.UserException if it is not one
   */
  public static FeatureTable read(Path arrow) {
    return ArrowReader.read(arrow);
  }

  /**
   * Encodes the rows of a CSV to score them, in any order of columns; see {@link
   * RowPolicy#SCORING}. The labels are -1.
   *
   * @param where the table's name, for errors
   * @throws TableRejectedException with line, column, value and rule of the first ten invalid cells
   *     and the count of all
   */
  public static FeatureTable encode(InputStream csv, String where, Encoder encoder) {
    return of(RowReader.open(csv, where, RowSchema.scoring(List.of(encoder))), encoder.names());
  }

  /** Encodes the rows of a CSV with their labels; see {@link RowPolicy#TRAINING}. */
  public static FeatureTable encodeLabeled(InputStream csv, String where, Encoder encoder) {
    return of(RowReader.open(csv, where, RowSchema.labeled(encoder)), encoder.names());
  }

  private static FeatureTable of(RowReader reader, List<String> names) {
    List<String> identifiers = new ArrayList<>();
    List<RowBatch> batches = new ArrayList<>();
    int rows = 0;
    for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
      batches.add(batch);
      rows += batch.rows();
    }
    if (reader.diagnostics().rows() > 0) {
      reader.requireValidRows(0, "");
    }
    byte[] labels = new byte[rows];
    float[] values = new float[Math.multiplyExact(rows, names.size())];
    int row = 0;
    for (RowBatch batch : batches) {
      System.arraycopy(batch.values(), 0, values, row * names.size(), batch.values().length);
      System.arraycopy(batch.labels(), 0, labels, row, batch.rows());
      for (int i = 0; i < batch.rows(); i++) {
        identifiers.add(batch.identifier(i));
      }
      row += batch.rows();
    }
    if (reader.schema().policy() == RowPolicy.SCORING) {
      Arrays.fill(labels, (byte) -1);
    }
    return new FeatureTable(names, identifiers.toArray(String[]::new), labels, values);
  }

  /** The rows whose number passes, in their order, without identifiers. */
  public FeatureTable where(IntPredicate isTaken) {
    return take(IntStream.range(0, rows()).filter(isTaken).toArray());
  }

  /** The rows with these numbers, in this order, without identifiers. */
  public FeatureTable take(int[] rows) {
    int width = names.size();
    byte[] theirLabels = new byte[rows.length];
    float[] theirs = new float[rows.length * width];
    for (int row = 0; row < rows.length; row++) {
      theirLabels[row] = labels[rows[row]];
      System.arraycopy(values, rows[row] * width, theirs, row * width, width);
    }
    return new FeatureTable(names, (String[]) null, theirLabels, theirs);
  }

  /** The rows of this table, then those of another with the same features, without identifiers. */
  public FeatureTable and(FeatureTable other) {
    int rows = rows() + other.rows();
    byte[] theirLabels = Arrays.copyOf(labels, rows);
    System.arraycopy(other.labels, 0, theirLabels, rows(), other.rows());
    float[] theirs = Arrays.copyOf(values, Math.multiplyExact(rows, names.size()));
    System.arraycopy(other.values, 0, theirs, values.length, other.values.length);
    return new FeatureTable(names, (String[]) null, theirLabels, theirs);
  }

  /** The features' names. */
  public List<String> names() {
    return names;
  }

  /** How many rows it has. */
  public int rows() {
    return labels.length;
  }

  /** How many rows have the label 1, where every label is known. */
  public int positives() {
    int positives = 0;
    for (byte label : labels) {
      positives += label;
    }
    return positives;
  }

  /** One a row; not a copy. */
  public synchronized String[] identifiers() {
    if (identifiers == null) {
      identifiers = Objects.requireNonNull(packed, "identifiers").strings();
      packed = null;
    }
    return identifiers;
  }

  /** One a row: 1 positive, 0 negative, -1 unknown; not a copy. */
  public byte[] labels() {
    return labels;
  }

  /**
   * Writes an Arrow IPC file that {@link #read} and other tools read.
   *
   * @param identifier the name of the identifier's column
   * @param label the name of the label's column
   */
  public void write(Path arrow, String identifier, String label) {
    List<String> columns = new ArrayList<>(List.of(identifier, label));
    columns.addAll(names);
    try (ArrowWriter writer = new ArrowWriter(arrow, columns)) {
      float[] row = new float[names.size()];
      for (int i = 0; i < rows(); i++) {
        byte[] utf8 = identifiers()[i].getBytes(StandardCharsets.UTF_8);
        System.arraycopy(values, i * row.length, row, 0, row.length);
        writer.add(utf8, 0, utf8.length, labels[i], row);
      }
    }
  }

  /** Row-major {@code [rows][features]}; not a copy. */
  public float[] values() {
    return values;
  }
}
