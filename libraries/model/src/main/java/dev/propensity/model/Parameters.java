package dev.propensity.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.foundation.UserException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The parameters that a learner knows, each with its default and range.
 *
 * @param learner the learner's name, for errors
 */
public record Parameters(String learner, List<Parameter> known) {

  /**
   * A number that a learner may be given.
   *
   * @param help what it does, for people
   * @param whole whether it must be a whole number
   * @param minimum the smallest value allowed
   * @param maximum the largest value allowed
   */
  public record Parameter(
      String name, String help, boolean whole, double minimum, double maximum, double standard) {

    /** A parameter that is any number of the range. */
    public static Parameter number(
        String name, double standard, double minimum, double maximum, String help) {
      return new Parameter(name, help, false, minimum, maximum, standard);
    }

    /** A parameter that is a whole number of the range. */
    public static Parameter whole(
        String name, long standard, long minimum, long maximum, String help) {
      return new Parameter(name, help, true, minimum, maximum, standard);
    }

    private String range() {
      return (whole ? "a whole number" : "a number")
          + " from "
          + text(minimum)
          + " to "
          + text(maximum);
    }

    private void put(ObjectNode values, double value) {
      if (whole) {
        values.put(name, (long) value);
      } else {
        values.put(name, value);
      }
    }

    private boolean allows(JsonNode value) {
      return value.isNumber()
          && value.doubleValue() >= minimum
          && value.doubleValue() <= maximum
          && (!whole || value.doubleValue() == Math.rint(value.doubleValue()));
    }

    private static String text(double number) {
      return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
  }

  /**
   * All parameters with their values: those given over the defaults.
   *
   * @param given an object of numbers; null or missing means none
   * @throws UserException for an unknown parameter, which lists those there are, or one out of
   *     range
   */
  public ObjectNode over(JsonNode given) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    known.forEach(parameter -> parameter.put(values, parameter.standard()));
    if (given == null || given.isNull() || given.isMissingNode()) {
      return values;
    }
    if (!given.isObject()) {
      throw new UserException(
          "parameters of "
              + learner
              + " must be a JSON object, such as {\"eta\": 0.1}, not "
              + given);
    }
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      Parameter parameter = named(entry.getKey());
      if (!parameter.allows(entry.getValue())) {
        throw new UserException(
            learner
                + "'s parameter "
                + parameter.name()
                + " must be "
                + parameter.range()
                + ", not "
                + entry.getValue());
      }
      parameter.put(values, entry.getValue().doubleValue());
    }
    return values;
  }

  /**
   * What differs from the defaults.
   *
   * @param all as {@link #over} returns them
   */
  public ObjectNode changed(JsonNode all) {
    ObjectNode standard = over(null);
    ObjectNode changed = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : all.properties()) {
      if (!isSame(standard.get(entry.getKey()), entry.getValue())) {
        changed.set(entry.getKey(), entry.getValue());
      }
    }
    return changed;
  }

  // A JSON file writes 1.0 as 1.
  private static boolean isSame(JsonNode a, JsonNode b) {
    return a != null && a.isNumber() && b.isNumber()
        ? a.doubleValue() == b.doubleValue()
        : b.equals(a);
  }

  private Parameter named(String name) {
    return known.stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    learner
                        + " has no parameter '"
                        + name
                        + "'; there are "
                        + String.join(", ", known.stream().map(Parameter::name).toList())));
  }
}
