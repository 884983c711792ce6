package dev.propensity.model.xgboost;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes UBJSON. What {@link UbjsonReader} read is written with the same bytes. */
final class UbjsonWriter {
  private UbjsonWriter() {}

  /**
   * Writes a value as {@link UbjsonReader#read} returns it, with the bytes that XGBoost would
   * write.
   */
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
