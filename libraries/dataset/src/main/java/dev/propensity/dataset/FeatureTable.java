package dev.propensity.dataset;

import java.nio.file.Path;
import java.util.List;

/** An encoded split in memory: identifiers, labels, and values as {@code [rows][features]}. */
public final class FeatureTable {
  private final List<String> names;
  private final String[] identifiers;
  private final byte[] labels;
  private final float[] values;

  /**
   * @param names of the features
   * @param identifiers one a row
   * @param labels one a row: 1 positive, 0 negative, -1 unknown
   * @param values row-major {@code [rows][features]}; missing is NaN
   */
  public FeatureTable(List<String> names, String[] identifiers, byte[] labels, float[] values) {
    this.names = List.copyOf(names);
    this.identifiers = identifiers;
    this.labels = labels;
    this.values = values;
  }

  /** Reads a split's Arrow IPC file. */
  public static FeatureTable read(Path arrow) {
    throw new UnsupportedOperationException();
  }

  public List<String> names() {
    return names;
  }

  public int rows() {
    return labels.length;
  }

  public String[] identifiers() {
    return identifiers;
  }

  public byte[] labels() {
    return labels;
  }

  /** Row-major {@code [rows][features]}; not a copy. */
  public float[] values() {
    return values;
  }
}
