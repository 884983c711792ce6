package dev.propensity.model.xgboost;

import java.nio.ByteBuffer;

/**
 * An array of numbers in {@link UbjsonReader UBJSON}.
 *
 * @param type UBJSON's mark: {@code d} float32, {@code D} float64, {@code i}, {@code U}, {@code I},
 *     {@code l}, {@code L} integers of 8 (signed and not), 16, 32, 64 bits
 * @param data big-endian
 */
record NumericArray(char type, ByteBuffer data) {
  int length() {
    return data.limit() / width(type);
  }

  float floatAt(int index) {
    return data.getFloat(index * Float.BYTES);
  }

  int intAt(int index) {
    return switch (type) {
      case 'U' -> Byte.toUnsignedInt(data.get(index));
      case 'i' -> data.get(index);
      case 'I' -> data.getShort(index * Short.BYTES);
      case 'l' -> data.getInt(index * Integer.BYTES);
      case 'L' -> Math.toIntExact(data.getLong(index * Long.BYTES));
      default -> throw new IllegalArgumentException("not integers: " + type);
    };
  }

  /** How many bytes a number of this type has. */
  static int width(char type) {
    return switch (type) {
      case 'i', 'U' -> 1;
      case 'I' -> 2;
      case 'l', 'd' -> 4;
      case 'L', 'D' -> 8;
      default -> throw new IllegalArgumentException("unknown type of numbers " + (int) type);
    };
  }
}
