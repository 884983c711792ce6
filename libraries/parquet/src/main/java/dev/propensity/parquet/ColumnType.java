package dev.propensity.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a column without nesting become text, by its physical and logical type (Parquet
 * Format, "Logical Types"); older files have a converted type instead of the logical one.
 */
final class ColumnType {
  private static final int UUID_BYTES = 16;
  private static final int FLOAT16_BYTES = 2;

  // Decimals are long texts otherwise, if a damaged file says so.
  private static final int MAX_DECIMAL_BYTES = 64;
  private static final int MAX_SCALE = 100;

  private final SchemaElement element;
  private final LogicalType logical;
  private final @Nullable ConvertedType converted;

  private ColumnType(SchemaElement element) {
    this.element = element;
    this.logical = element.isSetLogicalType() ? element.getLogicalType() : new LogicalType();
    this.converted = element.isSetLogicalType() ? null : element.getConverted_type();
  }

  /** The text of a column's values; null where they are not a number, text or time. */
  static @Nullable ValueText text(SchemaElement column) {
    return new ColumnType(column).text();
  }

  private @Nullable ValueText text() {
    return switch (element.getType()) {
      case BOOLEAN -> ValueText.booleans();
      case INT32 -> int32();
      case INT64 -> int64();
      case INT96 -> ValueText.bytes(false, TimeText::int96);
      case FLOAT -> ValueText.floats();
      case DOUBLE -> ValueText.doubles();
      case BYTE_ARRAY -> byteArray();
      case FIXED_LEN_BYTE_ARRAY -> fixedLength();
    };
  }

  private ValueText int32() {
    if (logical.isSetDATE() || converted == ConvertedType.DATE) {
      return ValueText.ints(false, TimeText::date);
    }
    if (isDecimal()) {
      int scale = scale();
      return ValueText.ints(true, value -> BigDecimal.valueOf(value, scale).toPlainString());
    }
    if (logical.isSetTIME() || converted == ConvertedType.TIME_MILLIS) {
      return ValueText.ints(false, value -> TimeText.time(value, 1_000));
    }
    boolean unsigned =
        logical.isSetINTEGER() && !logical.getINTEGER().isIsSigned()
            || converted == ConvertedType.UINT_8
            || converted == ConvertedType.UINT_16
            || converted == ConvertedType.UINT_32;
    return ValueText.ints(true, unsigned ? Integer::toUnsignedString : Integer::toString);
  }

  private ValueText int64() {
    if (logical.isSetTIMESTAMP()) {
      long unit = perSecond(logical.getTIMESTAMP().getUnit());
      boolean isUtc = logical.getTIMESTAMP().isIsAdjustedToUTC();
      return ValueText.longs(false, value -> TimeText.timestamp(value, unit, isUtc));
    }
    if (converted == ConvertedType.TIMESTAMP_MILLIS
        || converted == ConvertedType.TIMESTAMP_MICROS) {
      long unit = converted == ConvertedType.TIMESTAMP_MILLIS ? 1_000 : 1_000_000;
      return ValueText.longs(false, value -> TimeText.timestamp(value, unit, true));
    }
    if (logical.isSetTIME() || converted == ConvertedType.TIME_MICROS) {
      long unit = logical.isSetTIME() ? perSecond(logical.getTIME().getUnit()) : 1_000_000;
      return ValueText.longs(false, value -> TimeText.time(value, unit));
    }
    if (isDecimal()) {
      int scale = scale();
      return ValueText.longs(true, value -> BigDecimal.valueOf(value, scale).toPlainString());
    }
    boolean unsigned =
        logical.isSetINTEGER() && !logical.getINTEGER().isIsSigned()
            || converted == ConvertedType.UINT_64;
    return ValueText.longs(true, unsigned ? Long::toUnsignedString : Long::toString);
  }

  private @Nullable ValueText byteArray() {
    if (isDecimal()) {
      return decimals();
    }
    boolean isText =
        logical.isSetSTRING()
            || logical.isSetENUM()
            || logical.isSetJSON()
            || logical.isSetUNKNOWN() // nothing but missing values
            || converted == ConvertedType.UTF8
            || converted == ConvertedType.ENUM
            || converted == ConvertedType.JSON;
    return isText ? ValueText.plain() : null;
  }

  private @Nullable ValueText fixedLength() {
    if (isDecimal()) {
      return decimals();
    }
    int length = element.getType_length();
    if (logical.isSetUUID() && length == UUID_BYTES) {
      return ValueText.bytes(false, ColumnType::uuid);
    }
    if (logical.isSetFLOAT16() && length == FLOAT16_BYTES) {
      return ValueText.bytes(true, bytes -> ShortestDecimal.of(half(bytes)));
    }
    return null;
  }

  private ValueText decimals() {
    int scale = scale();
    return ValueText.bytes(true, bytes -> decimal(bytes, scale));
  }

  private static String decimal(byte[] bytes, int scale) {
    if (bytes.length > MAX_DECIMAL_BYTES) {
      throw new DamagedPageException("a decimal number of " + bytes.length + " bytes");
    }
    return new BigDecimal(new BigInteger(bytes), scale).toPlainString();
  }

  private boolean isDecimal() {
    return logical.isSetDECIMAL() || converted == ConvertedType.DECIMAL;
  }

  private int scale() {
    int scale = logical.isSetDECIMAL() ? logical.getDECIMAL().getScale() : element.getScale();
    if (scale < 0 || scale > MAX_SCALE) {
      throw new IllegalStateException("decimal numbers of scale " + scale);
    }
    return scale;
  }

  private static long perSecond(TimeUnit unit) {
    return unit.isSetMILLIS() ? 1_000 : unit.isSetMICROS() ? 1_000_000 : 1_000_000_000;
  }

  /** A number of 16 bits by IEEE 754, little-endian. */
  private static float half(byte[] bytes) {
    int bits = bytes[0] & 0xFF | (bytes[1] & 0xFF) << 8;
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float size;
    if (exponent == 0x1F) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      size = Math.scalb((float) fraction, -24);
    } else {
      size = Math.scalb((float) (fraction | 0x400), exponent - 25);
    }
    return bits >> 15 == 0 ? size : -size;
  }

  private static String uuid(byte[] bytes) {
    ByteBuffer halves = ByteBuffer.wrap(bytes);
    return new UUID(halves.getLong(), halves.getLong()).toString();
  }
}
