package dev.propensity.model.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.foundation.Spelling;
import dev.propensity.foundation.UserException;
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
  /**
   * The parameters of a learner.
   *
   * @param own all but those that every learner has
   */
  public static Parameters of(String learner, List<Parameter> own) {
    List<Parameter> all = new ArrayList<>(own);
    all.add(
        Parameter.choice(
            CalibrationMethod.PARAMETER,
            CalibrationMethod.words(),
            "how margins become probabilities; auto: selected by cross-validation"));
    all.add(Refit.parameter());
    return new Parameters(learner, List.copyOf(all));
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
