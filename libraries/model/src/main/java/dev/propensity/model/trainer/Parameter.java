package dev.propensity.model.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/**
 * A number or flag that a learner may be given.
 *
 * @param help its help text
 * @param minimum the smallest value allowed
 * @param maximum the largest value allowed
 */
public record Parameter(
    String name, String help, Type type, double minimum, double maximum, double standard) {
  /** What a parameter's values are. */
  public enum Type {
    NUMBER,
    WHOLE,
    /** {@code true} or {@code false}; here as 1 and 0. */
    FLAG
  }

  /** A parameter that is any number of the range. */
  public static Parameter number(
      String name, double standard, double minimum, double maximum, String help) {
    return new Parameter(name, help, Type.NUMBER, minimum, maximum, standard);
  }

  /** A parameter that is a whole number of the range. */
  public static Parameter integer(
      String name, long standard, long minimum, long maximum, String help) {
    return new Parameter(name, help, Type.WHOLE, minimum, maximum, standard);
  }

  /** A parameter that is true or false. */
  public static Parameter flag(String name, boolean standard, String help) {
    return new Parameter(name, help, Type.FLAG, 0, 1, standard ? 1 : 0);
  }

  /** The default, formatted. */
  public String standardText() {
    return type == Type.FLAG ? String.valueOf(standard == 1) : text(standard);
  }

  /** The allowed values as text: {@code a whole number from 1 to 16}. */
  public String range() {
    String from = "from " + text(minimum) + " to " + text(maximum);
    return switch (type) {
      case FLAG -> "true or false";
      case WHOLE -> "a whole number " + from;
      case NUMBER -> "a number " + from;
    };
  }

  /** Adds a value to an object of values. */
  void put(ObjectNode values, double value) {
    switch (type) {
      case FLAG -> values.put(name, value == 1);
      case WHOLE -> values.put(name, (long) value);
      case NUMBER -> values.put(name, value);
    }
  }

  /** A given value, which is allowed; a flag as 1 or 0. */
  double value(JsonNode given) {
    return given.isBoolean() ? (given.booleanValue() ? 1 : 0) : given.doubleValue();
  }

  /** Whether a given value is of the type and in the range. */
  boolean allows(JsonNode given) {
    if (type == Type.FLAG || !given.isNumber()) {
      return type == Type.FLAG && given.isBoolean();
    }
    double value = given.doubleValue();
    return value >= minimum
        && value <= maximum
        && (type != Type.WHOLE || value == Math.rint(value));
  }

  private static String text(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
