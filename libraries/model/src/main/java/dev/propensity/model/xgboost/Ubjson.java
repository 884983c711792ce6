package dev.propensity.model.xgboost;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * <a href="https://ubjson.org">Universal Binary JSON</a> as XGBoost writes its models: lengths are
 * always 64 bits, numbers big-endian, arrays of numbers typed. Objects become {@code Map}, arrays
 * {@code List} or {@link NumericArray}, integers {@code Long}. What was read is written with the
 * same bytes.
 */
final class Ubjson {
  private final ByteBuffer in;

  private Ubjson(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  /**
   * An array of numbers.
   *
   * @param type UBJSON's mark: {@code d} float32, {@code D} float64, {@code i}, {@code U}, {@code
   *     I}, {@code l}, {@code L} integers of 8 (signed and not), 16, 32, 64 bits
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
  }

  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException if the bytes are not UBJSON of this kind
   */
  static Object read(byte[] bytes) {
    Ubjson reader = new Ubjson(bytes);
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
      int bytes = Math.multiplyExact(length(), width(type));
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

  private static int width(char type) {
    return switch (type) {
      case 'i', 'U' -> 1;
      case 'I' -> 2;
      case 'l', 'd' -> 4;
      case 'L', 'D' -> 8;
      default -> throw new IllegalArgumentException("unknown type of numbers " + (int) type);
    };
  }

  /** Writes a value as {@link #read} returns it, with the bytes that XGBoost would write. */
  static byte[] write(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(value, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Object value, DataOutputStream out) throws IOException {
    if (value instanceof Map<?, ?> object) {
      out.writeByte('{');
      for (Map.Entry<?, ?> entry : object.entrySet()) {
        writeText((String) entry.getKey(), out);
        write(entry.getValue(), out);
      }
      out.writeByte('}');
    } else if (value instanceof List<?> items) {
      out.writeBytes("[#");
      writeLength(items.size(), out);
      for (Object item : items) {
        write(item, out);
      }
    } else if (value instanceof NumericArray numbers) {
      out.writeBytes("[$" + numbers.type() + "#");
      writeLength(numbers.length(), out);
      byte[] data = new byte[numbers.data().limit()];
      numbers.data().get(0, data);
      out.write(data);
    } else if (value instanceof String text) {
      out.writeByte('S');
      writeText(text, out);
    } else if (value instanceof Long integer) {
      writeInteger(integer, out);
    } else if (value instanceof Float number) {
      out.writeByte('d');
      out.writeFloat(number);
    } else if (value instanceof Double number) {
      out.writeByte('D');
      out.writeDouble(number);
    } else {
      out.writeByte(value == null ? 'Z' : (Boolean) value ? 'T' : 'F');
    }
  }

  private static void writeText(String text, DataOutputStream out) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeLength(utf8.length, out);
    out.write(utf8);
  }

  private static void writeLength(long length, DataOutputStream out) throws IOException {
    out.writeByte('L');
    out.writeLong(length);
  }

  // XGBoost leaves out each width's two outermost values.
  private static void writeInteger(long value, DataOutputStream out) throws IOException {
    if (value > Byte.MIN_VALUE && value < Byte.MAX_VALUE) {
      out.writeByte('i');
      out.writeByte((int) value);
    } else if (value > Short.MIN_VALUE && value < Short.MAX_VALUE) {
      out.writeByte('I');
      out.writeShort((int) value);
    } else if (value > Integer.MIN_VALUE && value < Integer.MAX_VALUE) {
      out.writeByte('l');
      out.writeInt((int) value);
    } else {
      out.writeByte('L');
      out.writeLong(value);
    }
  }
}
