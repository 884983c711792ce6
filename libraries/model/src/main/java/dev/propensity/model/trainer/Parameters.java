package dev.propensity.model.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.foundation.Spelling;
import dev.propensity.foundation.UserException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a learner, each with its default and range.
 *
 * @param learner the learner's name, for errors
 */
public record Parameters(String learner, List<Parameter> known) {
  /** The parameter of every learner that says how its scores are calibrated. */
  public static final String CALIBRATION = "calibration";

  private static final List<String> CALIBRATIONS = List.of("auto", "none", "platt", "isotonic");

  /**
   * The parameters of a learner.
   *
   * @param own all but those that every learner has
   */
  public static Parameters of(String learner, List<Parameter> own) {
    List<Parameter> all = new ArrayList<>(own);
    all.add(
        Parameter.choice(
            CALIBRATION,
            CALIBRATIONS,
            "how margins become probabilities; auto: as cross-validation on the validation rows"
                + " shows to be best"));
    return new Parameters(learner, List.copyOf(all));
  }

  /** What a parameter's values are. */
  public enum Type {
    NUMBER,
    WHOLE,
    /** {@code true} or {@code false}; here as 1 and 0. */
    FLAG,
    /** One of several words; here as its place among them. */
    CHOICE
  }

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
     * A parameter that is one of these words.
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

    private void put(ObjectNode values, double value) {
      switch (type) {
        case FLAG -> values.put(name, value == 1);
        case CHOICE -> values.put(name, words.get((int) value));
        case WHOLE -> values.put(name, (long) value);
        case NUMBER -> values.put(name, value);
      }
    }

    private double value(JsonNode given) {
      return switch (type) {
        case FLAG -> given.booleanValue() ? 1 : 0;
        case CHOICE -> words.indexOf(given.textValue());
        case WHOLE, NUMBER -> given.doubleValue();
      };
    }

    private boolean allows(JsonNode given) {
      if (type == Type.CHOICE) {
        return given.isTextual() && words.contains(given.textValue());
      }
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

  /**
   * All parameters with their values: those given over the defaults.
   *
   * @param given an object of numbers, flags and words; null or missing means none
   * @throws UserException for an unknown parameter, with a list of the known ones, or one out of
   *     range
   */
  public ObjectNode over(@Nullable JsonNode given) {
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
      parameter.put(values, parameter.value(entry.getValue()));
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
                        + "'; "
                        + Spelling.helpAndAll(name, known.stream().map(Parameter::name).toList())));
  }
}
