package dev.propensity.parquet;

import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.apache.parquet.io.api.Binary;

/** The text of a column's values, in the form in which they would be in a CSV. */
interface ValueText {
  default String of(boolean value) {
    throw mismatch();
  }

  default String of(int value) {
    throw mismatch();
  }

  default String of(long value) {
    throw mismatch();
  }

  default String of(float value) {
    throw mismatch();
  }

  default String of(double value) {
    throw mismatch();
  }

  default String of(Binary value) {
    throw mismatch();
  }

  /** Whether the text is a number, which may have a decimal point. */
  default boolean isNumber() {
    return true;
  }

  /** Whether values are text in UTF-8 already, which is written as it is. */
  default boolean isPlain() {
    return false;
  }

  private static IllegalStateException mismatch() {
    return new IllegalStateException("a value of another type");
  }

  /** Text in UTF-8. */
  static ValueText plain() {
    return new ValueText() {
      @Override
      public boolean isPlain() {
        return true;
      }
    };
  }

  /** {@code true} and {@code false}. */
  static ValueText booleans() {
    return new ValueText() {
      @Override
      public String of(boolean value) {
        return Boolean.toString(value);
      }
    };
  }

  static ValueText ints(boolean isNumber, IntFunction<String> text) {
    return new ValueText() {
      @Override
      public String of(int value) {
        return text.apply(value);
      }

      @Override
      public boolean isNumber() {
        return isNumber;
      }
    };
  }

  static ValueText longs(boolean isNumber, LongFunction<String> text) {
    return new ValueText() {
      @Override
      public String of(long value) {
        return text.apply(value);
      }

      @Override
      public boolean isNumber() {
        return isNumber;
      }
    };
  }

  /** The shortest decimals. */
  static ValueText floats() {
    return new ValueText() {
      @Override
      public String of(float value) {
        return ShortestDecimal.of(value);
      }
    };
  }

  /** The shortest decimals. */
  static ValueText doubles() {
    return new ValueText() {
      @Override
      public String of(double value) {
        return ShortestDecimal.of(value);
      }
    };
  }

  static ValueText bytes(boolean isNumber, Function<byte[], String> text) {
    return new ValueText() {
      @Override
      public String of(Binary value) {
        return text.apply(value.getBytes());
      }

      @Override
      public boolean isNumber() {
        return isNumber;
      }
    };
  }
}
