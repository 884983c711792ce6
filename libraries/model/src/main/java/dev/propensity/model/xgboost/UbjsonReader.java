package dev.propensity.model.xgboost;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads <a href="https://ubjson.org">Universal Binary JSON</a> as XGBoost writes its models:
 * lengths are always 64 bits, numbers big-endian, arrays of numbers typed. Objects become {@code
 * Map}, arrays {@code List} or {@link NumericArray}, integers {@code Long}.
 */
final class UbjsonReader {
  private final ByteBuffer in;

  private UbjsonReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException if the bytes are not UBJSON of this kind
   */
  static Object read(byte[] bytes) {
    UbjsonReader reader = new UbjsonReader(bytes);
    try {
      Object value = reader.value();
      if (reader.in.hasRemaining()) {
        throw new IllegalArgumentException(reader.in.remaining() + " bytes too many");
      }
      return Objects.requireNonNull(value, "null");
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("it breaks off after " + bytes.length + " bytes", e);
    }
  }

  private @Nullable Object value() {
    char mark = (char) in.get();
    return switch (mark) {
      case '{' -> object();
      case '[' -> array();
      case 'S' -> text();
      case 'Z' -> null;
      case 'T' -> true;
      case 'F' -> false;
      case 'd' -> in.getFloat();
      case 'D' -> in.getDouble();
      case 'i' -> (long) in.get();
      case 'U' -> (long) Byte.toUnsignedInt(in.get());
      case 'I' -> (long) in.getShort();
      case 'l' -> (long) in.getInt();
      case 'L' -> in.getLong();
      default -> throw unknown(mark);
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    while (in.get(in.position()) != '}') {
      String key = text();
      object.put(key, value());
    }
    in.get();
    return object;
  }

  private Object array() {
    char mark = (char) in.get();
    if (mark == '$') {
      char type = (char) in.get();
      expect('#');
      int bytes = Math.multiplyExact(length(), NumericArray.width(type));
      NumericArray numbers = new NumericArray(type, in.slice(in.position(), bytes));
      in.position(in.position() + bytes);
      return numbers;
    }
    if (mark != '#') {
      throw unknown(mark);
    }
    int length = length();
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.add(value());
    }
    return items;
  }

  private String text() {
    byte[] utf8 = new byte[length()];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private int length() {
    expect('L');
    long length = in.getLong();
    if (length < 0 || length > in.remaining()) {
      throw new IndexOutOfBoundsException(); // no item is shorter than a byte
    }
    return (int) length;
  }

  private void expect(char mark) {
    char found = (char) in.get();
    if (found != mark) {
      throw unknown(found);
    }
  }

  private IllegalArgumentException unknown(char mark) {
    return new IllegalArgumentException(
        "unknown mark " + (int) mark + " at byte " + (in.position() - 1));
  }
}
