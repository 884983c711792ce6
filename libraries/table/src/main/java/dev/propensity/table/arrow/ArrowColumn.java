package dev.propensity.table.arrow;

/**
 * A column of an Arrow file.
 *
 * @param nullable whether values may be missing
 */
public record ArrowColumn(String name, Type type, boolean nullable) {
  /** The types of columns that this project's files have. */
  public enum Type {
    UTF8(3),
    INT8(2),
    INT32(2),
    FLOAT32(2),
    /** Milliseconds since 1970, in UTC, as int64. */
    TIMESTAMP(2);

    private final int buffers;

    Type(int buffers) {
      this.buffers = buffers;
    }

    /**
     * How many buffers a column of this type has in a batch: the validity and the values; text has
     * offsets between them.
     */
    public int buffers() {
      return buffers;
    }
  }
}
