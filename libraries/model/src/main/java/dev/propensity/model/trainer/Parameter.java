package dev.propensity.model.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;

/**
 * A number, flag or word that a learner may be given.
 *
 * @param help its help text
 * @param words of a choice; otherwise empty
 * @param minimum the smallest value allowed
 * @param maximum the largest value allowed
 */
public record Parameter(
    String name,
    String help,
    Type type,
    List<String> words,
    double minimum,
    double maximum,
    double standard) {
  /** What a parameter's values are. */
  public enum Type {
    NUMBER,
    WHOLE,
    /** {@code true} or {@code false}; here as 1 and 0. */
    FLAG,
    /** One of several words; here as its place among them. */
    CHOICE
  }

  /** A parameter that is any number of the range. */
  public static Parameter number(
      String name, double standard, double minimum, double maximum, String help) {
    return new Parameter(name, help, Type.NUMBER, List.of(), minimum, maximum, standard);
  }

  /** A parameter that is a whole number of the range. */
  public static Parameter integer(
      String name, long standard, long minimum, long maximum, String help) {
    return new Parameter(name, help, Type.WHOLE, List.of(), minimum, maximum, standard);
  }

  /** A parameter that is true or false. */
  public static Parameter flag(String name, boolean standard, String help) {
    return new Parameter(name, help, Type.FLAG, List.of(), 0, 1, standard ? 1 : 0);
  }

  /**
   * A parameter that is one of these words; {@code true} and {@code false} are JSON's booleans.
   *
   * @param words the first is the default
   */
  public static Parameter choice(String name, List<String> words, String help) {
    return new Parameter(name, help, Type.CHOICE, words, 0, words.size() - 1, 0);
  }

  /** The default, formatted. */
  public String standardText() {
    return switch (type) {
      case FLAG -> String.valueOf(standard == 1);
      case CHOICE -> words.get((int) standard);
      case WHOLE, NUMBER -> text(standard);
    };
  }

  /** The allowed values as text: {@code a whole number from 1 to 16}. */
  public String range() {
    String from = "from " + text(minimum) + " to " + text(maximum);
    return switch (type) {
      case FLAG -> "true or false";
      case CHOICE -> "one of " + String.join(", ", words);
      case WHOLE -> "a whole number " + from;
      case NUMBER -> "a number " + from;
    };
  }

  /** Adds a value to an object of values. */
  void put(ObjectNode values, double value) {
    switch (type) {
      case FLAG -> values.put(name, value == 1);
      case CHOICE -> values.set(name, word(words.get((int) value)));
      case WHOLE -> values.put(name, (long) value);
      case NUMBER -> values.put(name, value);
    }
  }

  /** A given value, which is allowed; a flag as 1 or 0, a word as its place. */
  double value(JsonNode given) {
    return switch (type) {
      case FLAG -> given.booleanValue() ? 1 : 0;
      case CHOICE -> words.indexOf(given.asText());
      case WHOLE, NUMBER -> given.doubleValue();
    };
  }

  /** Whether a given value is of the type and in the range. */
  boolean allows(JsonNode given) {
    if (type == Type.CHOICE) {
      return (given.isTextual() || given.isBoolean()) && words.contains(given.asText());
    }
    if (type == Type.FLAG || !given.isNumber()) {
      return type == Type.FLAG && given.isBoolean();
    }
    double value = given.doubleValue();
    return value >= minimum
        && value <= maximum
        && (type != Type.WHOLE || value == Math.rint(value));
  }

  private static JsonNode word(String word) {
    return word.equals("true") || word.equals("false")
        ? BooleanNode.valueOf(word.equals("true"))
        : TextNode.valueOf(word);
  }

  private static String text(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
