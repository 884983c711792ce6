package dev.propensity.model.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a model's margins become probabilities: the parameter {@code calibration} of a learner. */
public enum CalibrationMethod {
  /** Selected by cross-validation. */
  AUTO,
  /** The learner's scores are used as they are. */
  NONE,
  /** A straight line through the log-odds. */
  PLATT,
  /** A rising line through the log-odds. */
  ISOTONIC;

  /** The parameter's name. */
  public static final String PARAMETER = "calibration";

  /** The parameter's values. */
  static List<String> words() {
    return Arrays.stream(values()).map(method -> method.name().toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * The method that these parameters of a learner set; {@link #NONE} by versions without
   * calibration.
   *
   * @param parameters as {@link Trainer#parameters} returns them
   */
  public static CalibrationMethod of(JsonNode parameters) {
    return valueOf(parameters.path(PARAMETER).asText("none").toUpperCase(Locale.ROOT));
  }
}
